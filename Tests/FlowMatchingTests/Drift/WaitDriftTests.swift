import CatalogModel
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import Testing
import TraceModel

@Suite struct `synchronous waits` {
    private static let catalog = """
        services:
          gateway: { calls: [{ service: order }] }
          order: { publishes: [jobs] }
          worker: { subscribes: [jobs] }
        queues:
          jobs: { broker: rabbitmq }
        """

    /// The gateway's request, in which the order service publishes a job that the worker handles.
    private func job(_ system: inout TestSystem, at time: UInt64, until end: UInt64, work: UInt64) -> TestSystem.Sent {
        let request = system.serve("gateway", "POST /orders", time...end)
        let call = system.span("gateway", .client, "POST /orders", time + 1...time + 20, below: request)
        let served = system.serve("order", "POST /orders", time + 2...time + 19, below: call)
        let sent = system.publish("order", "jobs", time + 5, below: served, system: "rabbitmq")
        system.handle("worker", "jobs", time + 10...time + 10 + work, from: sent, system: "rabbitmq")
        return request
    }

    @Test func `asking the same again and again until the consumer is done is polling`() async throws {
        var system = try TestSystem(Self.catalog)
        for round in 0..<3 as Range<UInt64> {
            let start = round * 1_000
            let request = job(&system, at: start, until: start + 200, work: 70)
            for ask in 0..<4 as Range<UInt64> {
                let time = start + 25 + ask * 20
                system.call("gateway", "order", "GET /orders/{id}", time...time + 5, below: request)
            }
        }
        let findings = try await system.findings()
        #expect(
            findings.map(line) == [
                "warning observed-synchronous-wait 2:33 'gateway' asks 'order' (GET /orders/{id}) again and again within "
                    + "one request, until the work is done"
            ])
        #expect(findings[0].evidence[0].hasPrefix("12 calls in 3 requests"))
        #expect(findings[0].evidence[2] == "'worker' finished before the last call did")
        #expect(findings[0].related.map(\.span.line) == [4])
    }

    @Test func `the same address asked with pauses is polling, whoever is waited for`() async throws {
        var system = try TestSystem(Self.catalog)
        let request = job(&system, at: 0, until: 400, work: 1)
        for ask in 1...4 as ClosedRange<UInt64> {
            system.call(
                "gateway", "order", "GET /orders/{id}", ask * 50...ask * 50 + 5, below: request,
                url: "http://order/orders/7")
        }
        let findings = try await system.findings()
        #expect(findings.map(\.rule) == ["observed-synchronous-wait"])
        #expect(findings[0].evidence[2] == "what it waits for does not show in spans")
    }

    @Test func `a loop over many things, a retry and two calls are no polling`() async throws {
        var system = try TestSystem(Self.catalog)
        let request = job(&system, at: 0, until: 900, work: 1)
        for ask in 1...4 as ClosedRange<UInt64> {
            let time = ask * 50
            system.call(
                "gateway", "order", "GET /a/{id}", time...time + 5, below: request, url: "http://order/a/\(ask)")
            system.call(
                "gateway", "order", "GET /b", time + 10...time + 15, below: request, url: "http://order/b",
                failing: ask < 4)
            if ask < 3 {
                system.call("gateway", "order", "GET /c", time + 20...time + 25, below: request, url: "http://order/c")
            }
            system.call(
                "gateway", "order", "GET /d", 300 + ask * 6...300 + ask * 6 + 5, below: request, url: "http://order/d")
        }
        #expect(try await system.lines() == [])
    }

    @Test func `a request that stays open until the reply queue has the answer`() async throws {
        var system = try TestSystem(Self.catalog)
        _ = job(&system, at: 0, until: 30, work: 1)
        let request = system.serve("order", "POST /reserve", 1_000...1_100)
        let sent = system.publish("order", "jobs", 1_005, below: request, system: "rabbitmq")
        let work = system.handle("worker", "jobs", 1_010...1_040, from: sent, system: "rabbitmq")
        let reply = system.publish("worker", "amq.gen-7Q", 1_035, below: work, system: "rabbitmq", temporary: true)
        system.handle("order", "amq.gen-7Q", 1_045...1_046, from: reply, system: "rabbitmq", temporary: true)
        let findings = try await system.findings()
        #expect(
            findings.map(line) == [
                "warning observed-synchronous-wait 3:24 'order' publishes to 'jobs' and keeps the request open until "
                    + "'worker' has answered"
            ])
        #expect(findings[0].evidence[0].hasPrefix("1 of 2 requests waited for a reply on 'amq.gen-*'"))
    }

    @Test func `a reply that comes after the request is answered is no wait`() async throws {
        var system = try TestSystem(Self.catalog)
        let request = system.serve("order", "POST /reserve", 0...20)
        let sent = system.publish("order", "jobs", 5, below: request, system: "rabbitmq")
        let work = system.handle("worker", "jobs", 10...40, from: sent, system: "rabbitmq")
        let reply = system.publish("worker", "amq.gen-7Q", 35, below: work, system: "rabbitmq", temporary: true)
        system.handle("order", "amq.gen-7Q", 45...46, from: reply, system: "rabbitmq", temporary: true)
        let rules = try await system.findings().map(\.rule)
        #expect(!rules.contains("observed-synchronous-wait"))
    }

    @Test func `a reply on a channel with a name counts when it nearly always comes in time`() async throws {
        func system(late: Range<UInt64>) throws -> TestSystem {
            var system = try TestSystem(
                """
                services:
                  order: { publishes: [jobs], subscribes: [done] }
                  worker: { subscribes: [jobs], publishes: [done] }
                queues:
                  jobs: {}
                  done: {}
                """)
            for round in 0..<10 as Range<UInt64> {
                let start = round * 1_000
                let request = system.serve("order", "POST /reserve", start...start + (late.contains(round) ? 20 : 100))
                let sent = system.publish("order", "jobs", start + 5, below: request)
                let work = system.handle("worker", "jobs", start + 10...start + 40, from: sent)
                let reply = system.publish("worker", "done", start + 35, below: work)
                system.handle("order", "done", start + 45...start + 46, from: reply)
            }
            return system
        }
        #expect(try await system(late: 0..<0).findings().map(\.rule) == ["observed-synchronous-wait"])
        #expect(try await system(late: 0..<5).lines() == [])
    }

    @Test func `a consumer that calls its publisher back waits for it`() async throws {
        var system = try TestSystem(Self.catalog)
        _ = job(&system, at: 0, until: 30, work: 60)
        let handler = system.spans.first { $0.service == "worker" }!
        system.call("worker", "order", "GET /orders/{id}", 20...30, below: handler)
        #expect(
            try await system.lines() == [
                "warning observed-synchronous-wait 4:26 'worker' handles 'jobs' of 'order' and calls 'order' back"
            ])
    }

    @Test func `a wait that the catalog writes down is information`() async throws {
        var system = try TestSystem(
            """
            services:
              order: { publishes: [{ channel: jobs, awaits: { reply: done } }] }
              worker: { subscribes: [jobs] }
            queues:
              jobs: {}
              done: {}
            """)
        let request = system.serve("order", "POST /reserve", 0...100)
        let sent = system.publish("order", "jobs", 5, below: request)
        let work = system.handle("worker", "jobs", 10...40, from: sent)
        let reply = system.publish("worker", "amq.gen-7Q", 35, below: work, temporary: true)
        system.handle("order", "amq.gen-7Q", 45...46, from: reply, temporary: true)
        #expect(try await system.findings().map(\.severity) == [.info])
    }
}

import CatalogModel
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import Testing
import TraceModel

@Suite struct `drift of messages` {
    private static func catalog(_ subscription: String) -> String {
        """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [\(subscription)] }
        topics:
          order.completed: { broker: kafka }
        """
    }

    /// `count` messages, half a second apart, each handled `lag` milliseconds after it was published.
    private func system(
        _ subscription: String = "order.completed", count: UInt64 = 30, lag: (UInt64) -> UInt64? = { _ in 20 }
    ) throws -> TestSystem {
        var system = try TestSystem(Self.catalog(subscription))
        for number in 0..<count {
            let time = number * 500
            let sent = system.publish("order", "order.completed", time)
            if let lag = lag(number) {
                system.handle("mail", "order.completed", time + lag...time + lag + 5, from: sent)
            }
        }
        return system
    }

    @Test func `a message that a subscriber left unhandled is counted, with where to look`() async throws {
        let system = try system { [7, 9].contains($0) ? nil : 20 }
        let findings = try await system.findings()
        #expect(
            findings.map(line) == [
                "warning unconsumed-message 3:24 'mail' did not handle every message of 'order.completed'"
            ])
        #expect(
            findings[0].evidence == [
                "2 of 30 messages were not handled, first in the window 2026-01-15T09:00:03Z, last 2026-01-15T09:00:04Z",
                "it was given 20ms, its usual longest time",
                "for example flowglass trace "
                    + [9, 7].map { number in
                        system.spans.first {
                            $0.span.kind == .producer && $0.span.start == TestSystem.epoch + number * 500_000_000
                        }!
                        .span.trace.description
                    }.joined(separator: ", "),
            ])
    }

    @Test func `a message that may still be under way is not judged`() async throws {
        let system = try system { $0 == 29 ? nil : 20 }
        let graph = try await system.context().graph
        let last = system.spans.map(\.span.start).max()!
        var collector = EvidenceCollector(catalog: system.loaded.catalog, graph: graph, now: last + 1_000_000_000)
        for batch in try system.batches() { collector.add(batch) }
        let evidence = collector.finish()
        #expect(evidence.fates.values.map(\.judged) == [29])
        #expect(evidence.fates.values.map(\.unhandled.count) == [0])
    }

    @Test func `what a consumer without context handled cannot be told, and is not guessed`() async throws {
        var system = try system { _ in nil }
        for number in 0..<20 as Range<UInt64> {
            system.handle("mail", "order.completed", number * 500 + 3...number * 500 + 5, from: nil)
        }
        let rules = try await system.findings().map(\.rule)
        #expect(rules == ["broken-propagation"])
    }

    @Test func `two services on one queue share its messages`() async throws {
        var system = try TestSystem(
            """
            services:
              order: { publishes: [jobs] }
              a: { subscribes: [jobs] }
              b: { subscribes: [jobs] }
            queues:
              jobs: { broker: rabbitmq }
            """)
        for number in 0..<10 as Range<UInt64> {
            let sent = system.publish("order", "jobs", number * 100, system: "rabbitmq")
            system.handle(
                number % 2 == 0 ? "a" : "b", "jobs", number * 100 + 5...number * 100 + 6, from: sent, system: "rabbitmq"
            )
        }
        #expect(try await system.lines() == [])
    }

    @Test func `a subscriber that samples is named, as information`() async throws {
        var system = try system { $0 % 3 == 0 ? 20 : nil }
        system.resources["mail"] = [("sampler.type", .string("probabilistic"))]
        let findings = try await system.findings()
        #expect(findings.map(\.severity) == [.info])
        #expect(findings[0].evidence.contains("it samples its spans: it may have handled them unseen"))
    }

    @Test func `a message handled twice is a finding unless the consumer is idempotent`() async throws {
        for (subscription, expected) in [
            ("order.completed", ["warning observed-duplicate 3:24 'mail' handled messages of 'order.completed' twice"]),
            ("{ channel: order.completed, idempotent: true }", []),
        ] {
            var system = try system(subscription)
            let sent = system.spans.first { $0.span.kind == .producer }!
            system.handle("mail", "order.completed", 400...405, from: sent)
            #expect(try await system.lines() == expected)
        }
    }

    @Test func `a deadline is held against the whole time of the slowest in a hundred`() async throws {
        let subscription = "{ channel: order.completed, needs: { within: 200ms } }"
        #expect(try await system(subscription) { _ in 190 }.lines() == [])
        let findings = try await system(subscription) { $0 == 3 ? 2_000 : 20 }.findings()
        #expect(
            findings.map(line) == [
                "warning deadline-missed 3:69 'mail' must have handled messages of 'order.completed' within 200ms, "
                    + "and takes longer"
            ])
        #expect(findings[0].evidence[0] == "the p99 of 30 messages is 2.0s, the median 25ms")
    }

    @Test func `lag that grows over the window is a finding, and lag that stays is not`() async throws {
        // Eight minutes, a message every half a second.
        let growing = try await system(count: 960) { 20 + $0 * 5 }.findings()
        #expect(
            growing.map(line) == [
                "warning growing-lag 3:24 'mail' falls behind on 'order.completed': its messages wait longer and longer"
            ])
        #expect(try await system(count: 960) { $0 % 100 == 7 ? 3_000 : 20 }.lines() == [])
    }
}

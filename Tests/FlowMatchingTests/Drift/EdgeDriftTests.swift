import CatalogLint
import CatalogModel
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import Testing
import TraceModel

@Suite struct `drift of edges` {
    static let catalog = """
        services:
          order: { publishes: [order.completed], calls: [{ service: member, protocol: grpc }] }
          member: {}
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: { broker: kafka }
        """

    /// Everything documented happens, three times.
    private func clean() throws -> TestSystem {
        var system = try TestSystem(Self.catalog)
        for round in 0..<3 as Range<UInt64> {
            let request = system.serve("order", "POST /orders", round * 100...round * 100 + 50)
            system.call("order", "member", "GET /members", round * 100 + 1...round * 100 + 5, below: request)
            let sent = system.publish("order", "order.completed", round * 100 + 10, below: request)
            system.handle("mail", "order.completed", round * 100 + 20...round * 100 + 25, from: sent)
        }
        return system
    }

    @Test func `a system that does what is written down is silent`() async throws {
        #expect(try await clean().lines() == [])
    }

    @Test func `undocumented edges are said at the service that has them`() async throws {
        var system = try clean()
        let request = system.serve("mail", "POST /resend", 500...600)
        system.call("mail", "member", "GET /members", 510...520, below: request)
        let sent = system.publish("mail", "order.completed", 530, below: request)
        system.handle("order", "order.completed", 540...545, from: sent)
        system.handle("감사", "order.completed", 540...545, from: sent)
        system.handle("mail", "order.completed", 540...545, from: sent)
        #expect(
            try await system.lines() == [
                "warning undocumented-consumer 2:3 'order' handles the messages of 'order.completed', "
                    + "and the catalog does not say so",
                "warning undocumented-call 4:3 'mail' calls 'member', and the catalog does not say so",
                "warning undocumented-producer 4:3 'mail' publishes to 'order.completed', "
                    + "and the catalog does not say so",
                "warning undocumented-consumer 6:3 '감사' handles the messages of 'order.completed', "
                    + "and the catalog does not say so",
            ])
    }

    @Test func `an undocumented channel is one finding for all who use it`() async throws {
        var system = try clean()
        let sent = system.publish("order", "주문.취소", 500)
        system.handle("mail", "주문.취소", 510...515, from: sent)
        let findings = try await system.findings()
        #expect(
            findings.map(line) == [
                "warning undocumented-channel 2:3 '주문.취소' on kafka is used, and the catalog does not have it"
            ])
        #expect(findings[0].evidence.contains { $0.hasPrefix("'mail' handles it: 1 message") })
    }

    @Test func `a private queue behind a topic is a finding of its consumer`() async throws {
        var system = try clean()
        let sent = system.publish("order", "order.completed", 500)
        system.handle("mail", "order.completed", 520...521, from: sent)
        system.handle("export", "export-queue", 510...515, from: sent)
        let findings = try await system.findings()
        #expect(
            findings.map(line) == [
                "warning undocumented-consumer 6:3 'export' handles the messages of 'export-queue' "
                    + "(behind 'order.completed'), and the catalog does not say so"
            ])
    }

    @Test func `a route between documented channels is said at its source`() async throws {
        var system = try TestSystem(
            """
            services:
              order: { publishes: [order.completed] }
              mail: { subscribes: [mail.jobs] }
            topics:
              order.completed: {}
            queues:
              mail.jobs: {}
            """)
        let sent = system.publish("order", "order.completed", 0)
        system.handle("mail", "mail.jobs", 5...6, from: sent)
        #expect(
            try await system.lines() == [
                "warning undocumented-route 5:3 'order.completed' delivers to 'mail.jobs', "
                    + "and the catalog does not say so"
            ])
    }

    @Test func `a temporary reply channel is no drift`() async throws {
        var system = try clean()
        let sent = system.publish("mail", "amq.gen-x1", 500, system: "rabbitmq", temporary: true)
        system.handle("order", "amq.gen-x1", 510...511, from: sent, system: "rabbitmq", temporary: true)
        #expect(try await system.lines() == [])
    }

    @Test func `what was not seen is said as information`() async throws {
        var system = try clean()
        // The consumers of mail and the calls of order are gone; both still send spans.
        system.remove { $0.service == "member" || ($0.service == "mail" && $0.span.kind == .consumer) }
        system.remove { $0.span.kind == .client || $0.span.kind == .producer }
        system.serve("mail", "GET /health", 500...501)
        system.serve("member", "GET /health", 500...501)
        #expect(
            try await system.lines() == [
                "info unobserved-producer 2:24 'order' was not seen publishing to 'order.completed'",
                "info unobserved-call 2:61 'order' was not seen calling 'member'",
                "info unobserved-consumer 4:24 'mail' was not seen handling messages of 'order.completed'",
            ])
    }

    @Test func `a service that sends nothing is said once, whatever its edges`() async throws {
        var system = try clean()
        system.remove { $0.service == "mail" || $0.service == "member" }
        system.handle("mail-worker", "nowhere", 500...501, from: nil)
        let findings = try await system.findings().filter { $0.severity == .info }
        #expect(
            findings.map(line) == [
                "info unobserved-service 3:3 'member' sent no spans in the window",
                "info unobserved-service 4:3 'mail' sent no spans in the window",
            ])
        #expect(findings[1].evidence.contains("1 documented edge is unobserved because of it"))
    }

    @Test func `without any spans nothing is said to be missing`() async throws {
        #expect(try await TestSystem(Self.catalog).lines() == [])
    }

    @Test func `a finding names when it was seen and conversations to look at`() async throws {
        var system = try clean()
        for time in [600, 700, 800, 900] as [UInt64] { system.publish("mail", "order.completed", time) }
        system.remove { $0.service == "mail" && $0.span.kind == .producer && $0.span.start == 0 }
        let finding = try #require(await system.findings().first { $0.rule == "undocumented-producer" })
        let newest = system.spans.suffix(3).reversed().map(\.span.trace.description).joined(separator: ", ")
        #expect(
            finding.evidence == [
                "4 messages, first in the window 2026-01-15T09:00:00Z, last 2026-01-15T09:00:00Z",
                "for example flowglass trace \(newest)",
            ])
    }
}

@Suite struct `drift rules` {
    @Test func `every rule that is explained is checked, and with the severity that its page says`() {
        let explained = allRules.filter { $0.group == .drift }
        #expect(
            Dictionary(uniqueKeysWithValues: explained.map { ($0.name, $0.severity) })
                == driftSeverities.mapValues { Optional($0) })
    }

    @Test func `lint settings and ignore comments hold for drift`() async throws {
        var system = try TestSystem(
            """
            lint: { undocumented-call: error, undocumented-producer: off }
            services:
              order: {}
              # flowglass:ignore undocumented-call — an experiment
              mail: {}
            topics:
              order.completed: {}
            """)
        let request = system.serve("order", "GET /", 0...50)
        system.call("order", "mail", "GET /", 1...5, below: request)
        let other = system.serve("mail", "GET /", 100...150)
        system.call("mail", "order", "GET /", 101...105, below: other)
        system.publish("mail", "order.completed", 110, below: other)
        let findings = applyLintSettings(to: try await system.findings(), of: system.loaded)
        #expect(
            findings.map(line) == ["error undocumented-call 3:3 'order' calls 'mail', and the catalog does not say so"])
    }
}

import CatalogModel
import FlowMatching
import OTLPCoding
import Testing
import TraceModel

@Suite struct DoctorTests {
    private static let catalog = """
        services:
          order: { publishes: [order.completed] }
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: { broker: kafka }
        """

    /// `bad: what was seen`, the conditions that are not met.
    private func missing(_ system: TestSystem, _ from: String = "order", _ to: String = "mail") async throws -> [String]
    {
        let diagnosis = try await PairDiagnosis(from: from, to: to, in: system.context())
        #expect(diagnosis.edges.isEmpty)
        return diagnosis.checks.filter { $0.outcome == .bad }.map { check in
            check.seen + (check.remedy.map { " | \($0)" } ?? "")
        }
    }

    @Test func `where there is an edge, everything is well`() async throws {
        var system = try TestSystem(Self.catalog)
        system.handle("mail", "order.completed", 20...25, from: system.publish("order", "order.completed", 10))
        let diagnosis = try await PairDiagnosis(from: "order", to: "mail", in: system.context())
        #expect(diagnosis.checks.allSatisfy { $0.outcome == .good })
        #expect(diagnosis.edges == [EdgeEnds(.consumes, "order.completed", "mail")])
    }

    @Test func `a service that sends nothing, and one that looks like it`() async throws {
        var system = try TestSystem(Self.catalog)
        system.publish("order", "order.completed", 10)
        system.serve("mails", "GET /", 0...1)
        #expect(
            try await missing(system) == [
                "no spans came from a service of the name 'mail' | spans come from 'mails': if that is it, "
                    + "add telemetry-names: [mails] to 'mail'"
            ])
    }

    @Test func `spans without messaging attributes`() async throws {
        var system = try TestSystem(Self.catalog)
        system.span("order", .producer, "sending", 0...1)
        system.span("mail", .client, "XREADGROUP", 0...1, [("db.system", .string("redis"))])
        let missing = try await missing(system)
        #expect(missing.count == 2)
        #expect(missing[0].hasPrefix("no span of 'order' publishes to a channel: "))
        #expect(
            missing[1].hasPrefix(
                "no span of 'mail' handles messages of a channel: 1 database spans move messages and name no channel"))
    }

    @Test func `destination names that differ, with both ways to join them`() async throws {
        var system = try TestSystem(Self.catalog)
        system.publish("order", "order.completed", 10)
        system.handle("mail", "order-completed", 20...25, from: nil)
        let missing = try await missing(system)
        #expect(missing.count == 1)
        #expect(
            missing[0].hasPrefix(
                "the destination names differ: 'order' says 'order.completed', 'mail' says 'order-completed'"))
        #expect(missing[0].contains("telemetry-names: [order-completed] to 'order.completed'"))
        #expect(missing[0].contains("delivers-to: [order-completed] to 'order.completed'"))
    }

    @Test func `no ids in common`() async throws {
        var system = try TestSystem(Self.catalog)
        system.publish("order", "order.completed", 10)
        system.handle("mail", "order.completed", 20...25, from: nil)
        let missing = try await missing(system)
        #expect(missing.count == 1)
        #expect(
            missing[0].hasPrefix("none of 1 deliveries from 'order.completed' leads to a publisher: they carry no link")
        )
    }

    @Test func `spans of an earlier time than the window`() async throws {
        let system = try TestSystem(Self.catalog)
        let diagnosis = try await PairDiagnosis(
            from: "order", to: "mail", in: system.context(), lastSeen: ["order": TestSystem.epoch])
        #expect(
            diagnosis.checks.first?.seen
                == "'order' sent no spans in the window; the last ones came 2026-01-15T09:00:00Z")
    }

    @Test func `dead letters wait for a person, and nobody is missed who would handle them`() async throws {
        var system = try TestSystem(
            """
            services:
              order: { publishes: [order.completed] }
              mail: { subscribes: [{ channel: order.completed, dead-letter: 메일.실패 }], publishes: [메일.실패] }
              clerk: { subscribes: [메일.실패] }
            topics:
              order.completed: { broker: kafka }
              메일.실패: { broker: kafka, telemetry-names: [mail.dead] }
            """)
        let order = system.publish("order", "order.completed", 10)
        let mail = system.handle("mail", "order.completed", 20...25, from: order)
        system.publish("mail", "mail.dead", 22, below: mail)
        let repaired = system.publish("mail", "mail.dead", 23, below: mail)
        system.handle("clerk", "mail.dead", 30...35, from: repaired)
        let checkups = try await ServiceCheckup.all(in: system.context())
        let seen = try #require(checkups.first { $0.name == "mail" }?.evidence)
        #expect([seen.published, seen.publishedAndHandled, seen.publishedToBeHandled] == [2, 1, 1])
        #expect(seen.deadLetters == ["메일.실패": 1])
        #expect(checkups.allSatisfy { $0.advice.isEmpty }, "\(checkups.map(\.advice))")
    }

    @Test func `a service's report counts propagation in and out, sampling, skew and missing names`() async throws {
        var system = try TestSystem(Self.catalog)
        let sent = system.publish("order", "order.completed", 1_000)
        system.publish("order", "order.completed", 1_100)
        system.handle("mail", "order.completed", 400...405, from: sent)
        system.handle("mail", "order.completed", 1_500...1_505, from: nil)
        system.span("unknown_service", .internal, "job", 0...1)
        system.resources["order"] = [("sampler.type", .string("ratelimiting"))]
        let checkups = try await ServiceCheckup.all(in: system.context())
        #expect(checkups.map(\.name) == ["mail", "order", "unknown_service"])
        let mail = try #require(checkups[0].evidence)
        let order = try #require(checkups[1].evidence)
        #expect([mail.consumed, mail.joined, mail.negativeWaits] == [2, 1, 1])
        #expect(mail.largestSkew == 600_000_000)
        #expect(mail.joinedBy == [.link: 1])
        #expect([order.published, order.publishedAndHandled] == [2, 1])
        #expect(order.isSampled)
        #expect(checkups[2].advice == ["its resource has no service.name: set OTEL_SERVICE_NAME"])
        #expect(!checkups[2].isDocumented && checkups[1].isDocumented)
    }
}

import OTLPCoding
import Testing

@testable import Simulation

@Suite struct FleetTests {
    @Test func `every span that a service finished is sent, and decodes`() async throws {
        let run = try await FleetRun.minute.value
        #expect(run.counters.bookings > 120)
        #expect(run.counters.spansMade == run.spans.count)
        #expect(run.counters.spansSent == run.spans.count)
        #expect(run.counters.spansDropped == 0)
        #expect(Set(run.spans.map(\.key)).count == run.spans.count)
        #expect(run.spans.allSatisfy { $0.start > 0 && $0.end >= $0.start })
    }

    @Test func `parents and links are spans that are sent too`() async throws {
        let run = try await FleetRun.minute.value
        let sent = Set(run.spans.map(\.key))
        let missing = run.spans.filter { span in
            span.parent.map { !sent.contains($0) } ?? false || !span.links.allSatisfy { sent.contains($0) }
        }
        #expect(missing.map { "\($0.service) \($0.name)" } == [])
    }

    @Test(arguments: [
        ("order", "order-completed"), ("order", "order-refunded"), ("payment", "payment.completed"),
        ("inventory", "inventory.deducted"), ("inventory", "seat.counts"), ("ticket", "ticket.issue"),
        ("ledger", "payment.completed.dlq"), ("ticket", "inventory.deducted.dlq"),
    ])
    func `a publication of the catalog happens`(service: String, destination: String) async throws {
        let run = try await FleetRun.minute.value
        #expect(run.spans.contains { $0.kind == .producer && $0.service == service && $0.destination == destination })
    }

    @Test(arguments: [
        ("notification-worker", "notification-orders"), ("notification-worker", "notification-refunds"),
        ("settlement", "settlement-orders"), ("settlement", "settlement-refunds"), ("inventory", "inventory-orders"),
        ("ledger", "payment.completed"), ("ticket", "inventory.deducted"), ("ticket-worker", "ticket.issue"),
        ("seat-board", "seat.counts"), ("marketing-export", "marketing-export-orders"),
    ])
    func `a subscription happens, and leads back to a publisher`(service: String, destination: String) async throws {
        let run = try await FleetRun.minute.value
        let byKey = Dictionary(uniqueKeysWithValues: run.spans.map { ($0.key, $0) })
        let handled = run.spans.filter {
            $0.kind == .consumer && $0.service == service && $0.destination == destination
                && $0.attributes["messaging.message.id"] != nil
        }
        #expect(!handled.isEmpty)
        for span in handled {
            let causes = (span.links + [span.parent].compactMap(\.self)).compactMap { byKey[$0] }
            #expect(causes.contains { $0.kind == .producer })
        }
    }

    @Test(arguments: [
        ("booking-web", "api-gateway"), ("booking-app", "api-gateway"), ("api-gateway", "order"),
        ("api-gateway", "seat-board"), ("order", "member"), ("order", "payment"), ("order", "inventory"),
        ("notification-worker", "order"),
    ])
    func `a call happens`(caller: String, callee: String) async throws {
        let run = try await FleetRun.minute.value
        let clients = Dictionary(
            uniqueKeysWithValues: run.spans.filter { $0.kind == .client && $0.service == caller }.map { ($0.key, $0) })
        #expect(
            run.spans.contains { $0.kind == .server && $0.service == callee && clients[$0.parent ?? $0.key] != nil })
    }

    @Test func `a message that settlement was too slow for is handled twice, both times well`() async throws {
        let run = try await FleetRun.minute.value
        let handlings = Dictionary(
            grouping: run.spans.filter { $0.name == "settlement-orders process" },
            by: { "\($0.attributes["messaging.message.id", default: .empty])" })
        #expect(handlings.values.contains { $0.count == 2 && $0.allSatisfy { $0.status != .error } })
    }

    @Test func `a message that settlement failed on comes again`() async throws {
        let run = try await FleetRun.minute.value
        let handlings = Dictionary(
            grouping: run.spans.filter { $0.name == "settlement-orders process" },
            by: { "\($0.attributes["messaging.message.id", default: .empty])" })
        let repaired = handlings.values.filter { spans in
            let sorted = spans.sorted { $0.start < $1.start }
            return sorted.first?.status == .error && sorted.last?.status != .error
        }
        #expect(!repaired.isEmpty)
    }

    @Test func `a declined payment fails the call and publishes nothing`() async throws {
        let run = try await FleetRun.minute.value
        let declined = run.spans.filter {
            $0.name == "/booking.Payment/Charge" && $0.kind == .server && $0.status == .error
        }
        #expect(!declined.isEmpty)
        let traces = Set(declined.map(\.key.trace))
        #expect(!run.spans.contains { traces.contains($0.key.trace) && $0.kind == .producer })
    }

    @Test func `the gateway polls until the notification was sent`() async throws {
        let run = try await FleetRun.minute.value
        let bookings = run.spans.filter { $0.name == "POST /bookings" && $0.kind == .server }
        let polls = Dictionary(
            grouping: run.spans.filter { $0.name == "GET" && $0.kind == .client && $0.service == "api-gateway" },
            by: \.parent)
        let polling = bookings.filter { (polls[$0.key] ?? []).count > 1 }
        #expect(!polling.isEmpty)
        for booking in polling {
            let id = booking.attributes["app.correlation_id"]
            let notified = run.spans.first {
                $0.name == "notification-orders process" && $0.attributes["app.correlation_id"] == id
            }
            #expect(notified.map { $0.start < booking.end } == true)
        }
    }

    @Test func `each generation of the messaging conventions is spoken`() async throws {
        let run = try await FleetRun.minute.value
        let keys = Set(run.spans.flatMap(\.attributes.keys))
        for key in [
            "messaging.destination", "messaging.destination.name", "messaging.destination_publish.name",
            "messaging.operation", "messaging.operation.type", "messaging.consumer.group.name",
            "messaging.conversation_id", "messaging.message.conversation_id", "aws.sns.topic.arn", "http.method",
            "http.request.method", "app.correlation_id",
        ] {
            #expect(keys.contains(key), "\(key)")
        }
    }

    @Test func `two runs share no identifier`() async throws {
        let first = try await FleetRun(seed: 7, rate: 40, bookings: 12)
        let second = try await FleetRun(seed: 7, rate: 40, bookings: 12)
        func identifiers(_ run: FleetRun) -> Set<String> {
            Set(
                run.spans.flatMap { span in
                    ["messaging.message.id", "app.correlation_id"].compactMap { span.attributes[$0] }.map { "\($0)" }
                        + ["\(span.key.trace)"]
                })
        }
        #expect(identifiers(first).isDisjoint(with: identifiers(second)))
    }

    @Test func `stop ends the run after what is under way`() async {
        let fleet = Fleet(Fleet.Settings(rate: 50, pace: 0.1)) { _ in .accepted }
        let running = Task { await fleet.run() }
        while fleet.counters.bookings < 5 { try? await Task.sleep(for: .milliseconds(5)) }
        fleet.stop()
        await running.value
        #expect(fleet.counters.spansSent == fleet.counters.spansMade)
    }

    @Test(.timeLimit(.minutes(5))) func `cancellation ends a run that has no end`() async {
        let fleet = Fleet(Fleet.Settings(rate: 50)) { _ in .accepted }
        let running = Task { await fleet.run() }
        while fleet.counters.bookings < 5 { try? await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        await running.value
        #expect(fleet.counters.spansSent == fleet.counters.spansMade)
    }

    @Test func `an exporter that never succeeds costs spans, not memory`() async {
        let fleet = Fleet(Fleet.Settings(rate: 2_000, duration: .seconds(1), pace: 0.01)) { _ in .unreachable }
        await fleet.run()
        let counters = fleet.counters
        #expect(counters.spansSent == 0)
        #expect(counters.spansDropped == counters.spansMade)
    }
}

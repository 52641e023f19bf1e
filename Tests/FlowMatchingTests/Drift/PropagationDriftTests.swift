import CatalogModel
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import Testing
import TraceModel

@Suite struct `broken propagation` {
    private static let catalog = """
        services:
          order: { publishes: [order-completed] }
          mail: { subscribes: [mail-jobs] }
        topics:
          order-completed: { broker: aws-sns, delivers-to: [mail-jobs] }
        queues:
          mail-jobs: { broker: aws-sqs }
        """

    /// Five messages; `handle` says how each is handled.
    private func causes(
        _ catalog: String = catalog, _ handle: (inout TestSystem, UInt64, TestSystem.Sent) -> Void
    ) async throws -> [String] {
        var system = try TestSystem(catalog)
        for number in 0..<5 as Range<UInt64> {
            let sent = system.publish("order", "order-completed", number * 100, system: "aws-sns")
            handle(&system, number * 100 + 20, sent)
        }
        return try await system.findings().filter { $0.rule == "broken-propagation" }
            .map { $0.evidence.first { $0.hasPrefix("likely cause") } ?? "no cause" }
    }

    @Test func `an SNS topic that wraps its messages`() async throws {
        let causes = try await causes { system, time, _ in
            system.handle("mail", "mail-jobs", time...time + 5, from: nil, system: "aws-sqs")
        }
        #expect(
            causes == [
                "likely cause: raw message delivery is off between 'order-completed' and the queue: the context stays "
                    + "in the envelope's body"
            ])
    }

    @Test func `messages fetched by plain client spans`() async throws {
        let causes = try await causes { system, time, _ in
            system.handle("mail", "mail-jobs", time...time + 5, from: nil, system: "aws-sqs", kind: .client)
        }
        #expect(
            causes == [
                "likely cause: its messages are fetched by client spans, the wrong kind, which read no context"
            ])
    }

    @Test func `a publisher whose spans were sampled out`() async throws {
        let causes = try await causes { system, time, sent in
            system.handle("mail", "mail-jobs", time...time + 5, from: sent, system: "aws-sqs")
            system.remove { $0.span.id == sent.span.id && time > 100 }
        }
        #expect(
            causes == [
                "likely cause: its spans name a publisher's span that was never received, sampled out or sent elsewhere"
            ])
    }

    @Test func `some messages only, on SQS`() async throws {
        let direct = """
            services:
              order: { publishes: [order-completed] }
              mail: { subscribes: [order-completed] }
            queues:
              order-completed: { broker: aws-sqs }
            """
        let causes = try await causes(direct) { system, time, sent in
            system.handle("mail", "order-completed", time...time + 5, from: time < 200 ? sent : nil, system: "kafka")
        }
        #expect(causes.count == 1 && causes[0].hasPrefix("likely cause: only some messages carry the context"))
    }

    @Test func `joined deliveries are no finding`() async throws {
        let causes = try await causes { system, time, sent in
            system.handle("mail", "mail-jobs", time...time + 5, from: sent, system: "aws-sqs")
        }
        #expect(causes == [])
    }
}

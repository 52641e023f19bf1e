import OTLPCoding

/// A JVM service's loop over a queue with the OpenTelemetry Java agent, receive telemetry off as by default: one
/// `process` span for each message, a child of the publisher's span, with the attributes of the request that fetched
/// it.
struct SQSJavaConsumer: Sendable {
    let tracer: Tracer
    let queue: SQSQueue
    let pace: Pace

    /// Long polling waits this long for a message.
    static let pollTime = 10_000.0

    /// Receives once, and handles what came. A handler that throws a `Failure` leaves its message in the queue.
    func poll(_ handle: @Sendable (SQSQueue.Delivery, TraceContext) async throws -> Void) async throws {
        let deliveries = await queue.receive(waiting: pace.duration(milliseconds: Self.pollTime))
        guard let first = deliveries.first else { return }
        try await pace.sleep(milliseconds: first.message.booking.milliseconds(4...24, for: .arrival))
        for delivery in deliveries {
            var process = tracer.start(
                "\(queue.name) process", .consumer, by: .javaSQS, in: delivery.message.context, remote: true,
                attributes: attributes(call: "ReceiveMessage") + [
                    ("messaging.system", "AmazonSQS"), ("messaging.destination.name", .string(queue.name)),
                    ("messaging.operation", "process"), ("messaging.message.id", .string(delivery.messageID)),
                    (ActiveSpan.correlationAttribute, .string(delivery.message.booking.correlationID)),
                ])
            do {
                try await handle(delivery, process.context)
                try await delete(delivery, in: process.context)
            } catch let failure as Failure {
                process.fail(failure.type, failure.message)
            }
            tracer.end(process)
        }
    }

    /// What a handler throws when it cannot do its work this time.
    struct Failure: Error {
        let type: String
        let message: String
    }

    private func delete(_ delivery: SQSQueue.Delivery, in parent: TraceContext) async throws {
        var call = tracer.start(
            "Sqs.DeleteMessage", .client, by: .javaSQS, in: parent, attributes: attributes(call: "DeleteMessage"))
        queue.delete(delivery)
        try await pace.sleep(milliseconds: 2)
        call.set("http.response.status_code", 200)
        tracer.end(call)
    }

    private func attributes(call: String) -> Attributes {
        [
            ("aws.agent", "java-aws-sdk"), ("rpc.system", "aws-api"), ("rpc.service", "Sqs"),
            ("rpc.method", .string(call)), ("http.request.method", "POST"), ("url.full", .string(queue.url)),
            ("server.address", "sqs.ap-northeast-2.amazonaws.com"), ("aws.queue.url", .string(queue.url)),
        ]
    }
}

import OTLPCoding

/// A Python service's loop over a queue with `boto3sqs` and `botocore` instrumentation: `receive` around
/// `SQS.ReceiveMessage` around one `process` for each message, which links to the publisher. Polls that find nothing
/// make spans too.
struct SQSPythonConsumer: Sendable {
    let tracer: Tracer
    let queue: SQSQueue
    let pace: Pace
    /// False for a service that does not know the house's convention.
    var correlates = true

    /// Long polling waits this long for a message.
    static let pollTime = 10_000.0

    /// Receives once, and handles what came, one message after the other.
    func poll(_ handle: @Sendable (SQSQueue.Delivery, TraceContext) async throws -> Void) async throws {
        var receive = tracer.start(
            "\(queue.name) receive", .consumer, by: .boto3SQS, in: nil, attributes: attributes(operation: "receive"))
        let deliveries = try await receiveMessages(in: receive.context)
        if deliveries.count > 1 { receive.set("messaging.batch.message_count", .int(Int64(deliveries.count))) }
        tracer.end(receive)
        for delivery in deliveries {
            var process = tracer.start(
                "\(queue.name) process", .consumer, by: .boto3SQS, in: receive.context,
                attributes: attributes(operation: "process"))
            process.set("messaging.message.id", .string(delivery.messageID))
            if correlates { process.correlate(with: delivery.message.booking) }
            process.link(delivery.message.context)
            try await handle(delivery, process.context)
            tracer.end(process)
            try await delete(delivery)
        }
    }

    private func receiveMessages(in parent: TraceContext) async throws -> [SQSQueue.Delivery] {
        var call = tracer.start(
            "SQS.ReceiveMessage", .client, by: .botocoreSQS, in: parent, attributes: attributes(call: "ReceiveMessage"))
        let deliveries = await queue.receive(waiting: pace.duration(milliseconds: Self.pollTime))
        if let first = deliveries.first {
            call.set("messaging.message.id", .string(first.messageID))
            try await pace.sleep(milliseconds: first.message.booking.milliseconds(4...24, for: .arrival))
        }
        tracer.end(call)
        return deliveries
    }

    /// Deleted in a trace of its own: the context of the handler is gone by then.
    private func delete(_ delivery: SQSQueue.Delivery) async throws {
        let call = tracer.start(
            "SQS.DeleteMessage", .client, by: .botocoreSQS, in: nil, attributes: attributes(call: "DeleteMessage"))
        queue.delete(delivery)
        try await pace.sleep(milliseconds: 2)
        tracer.end(call)
    }

    private func attributes(operation: String) -> Attributes {
        [
            ("messaging.system", "aws.sqs"), ("messaging.destination", .string(queue.name)),
            ("messaging.destination_kind", "queue"), ("messaging.url", .string(queue.url)),
            ("messaging.operation", .string(operation)),
        ]
    }

    private func attributes(call: String) -> Attributes {
        [
            ("rpc.system", "aws-api"), ("rpc.service", "SQS"), ("rpc.method", .string(call)),
            ("cloud.region", "ap-northeast-2"), ("server.address", "sqs.ap-northeast-2.amazonaws.com"),
            ("aws.queue_url", .string(queue.url)), ("messaging.system", "aws.sqs"),
            ("messaging.url", .string(queue.url)), ("messaging.destination", .string(queue.name)),
            ("aws.request_id", .string(tracer.ids.token(52))), ("http.status_code", 200),
        ]
    }
}

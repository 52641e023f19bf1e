import OTLPCoding

/// RabbitMQ as `opentelemetry-instrumentation-pika` describes it: both layers of the channel are wrapped, so that one
/// publication makes two nested producer spans; the queue's name is known only from the routing key of the default
/// exchange; and a redelivery is another child of the same producer span.
extension Tracer {
    /// Publishes to the default exchange with the queue's name as routing key.
    /// - Returns: What goes into the message's headers: the inner span.
    func pikaPublish(to queue: String, message: Message, in parent: TraceContext) -> TraceContext {
        var attributes = Self.pikaAttributes(queue, message)
        attributes.insert(("messaging.temp_destination", true), at: 1)
        let outer = start("\(queue) send", .producer, by: .pika, in: parent, attributes: attributes)
        let inner = start("\(queue) send", .producer, by: .pika, in: outer.context, attributes: attributes)
        end(inner)
        end(outer)
        return inner.context
    }

    func pikaReceive(_ job: RabbitQueue.Job, from queue: String) -> ActiveSpan {
        var attributes = Self.pikaAttributes(queue, job.message)
        attributes.insert(("messaging.operation", "receive"), at: 1)
        return start(
            "\(queue) receive", .consumer, by: .pika, in: job.message.context, remote: true, attributes: attributes)
    }

    private static func pikaAttributes(_ queue: String, _ message: Message) -> Attributes {
        [
            ("messaging.system", "rabbitmq"), ("messaging.destination", .string(queue)),
            ("messaging.message.id", .string(message.id)),
            ("messaging.conversation_id", .string(message.booking.correlationID)),
            ("net.peer.name", "rabbit.booking.internal"), ("net.peer.port", 5672),
        ]
    }
}

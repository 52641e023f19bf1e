import OTLPCoding

/// Redis Pub/Sub as FastStream's telemetry middleware describes it, the only one that names the channel: `create`
/// around `publish` on one side, and on the other a `process` that is a child of `create` and names the channel in
/// `messaging.destination_publish.name`.
extension Tracer {
    /// - Returns: What goes into the message's headers: the `create` span.
    func fastStreamPublish(to channel: String, booking: Booking, in parent: TraceContext) -> TraceContext {
        let attributes: Attributes = [
            ("messaging.system", "redis"), ("messaging.destination.name", .string(channel)),
            ("messaging.message.conversation_id", .string(booking.correlationID)),
        ]
        let create = start("\(channel) create", .producer, by: .fastStream, in: parent, attributes: attributes)
        var publish = start(
            "\(channel) publish", .producer, by: .fastStream, in: create.context, attributes: attributes)
        publish.set("messaging.operation", "publish")
        end(publish)
        end(create)
        return create.context
    }

    func fastStreamProcess(_ message: Message, from channel: String) -> ActiveSpan {
        start(
            "\(channel) process", .consumer, by: .fastStream, in: message.context, remote: true,
            attributes: [
                ("messaging.system", "redis"), ("messaging.message.id", .string(message.id)),
                ("messaging.message.conversation_id", .string(message.booking.correlationID)),
                ("messaging.message.payload_size_bytes", 48),
                ("messaging.destination_publish.name", .string(channel)), ("messaging.operation", "process"),
            ])
    }
}

import OTLPCoding

/// Kafka as `opentelemetry-instrumentation-confluent-kafka` describes it: the names of semantic conventions 1.7 to
/// 1.16, no consumer group, a `recv` without any attribute, and a `process` in its own trace that links to the
/// publisher.
extension Tracer {
    func confluentSend(to topic: String, in parent: TraceContext) -> ActiveSpan {
        start(
            "\(topic) send", .producer, by: .confluentKafka, in: parent,
            attributes: Self.confluentAttributes(topic, operation: "publish"))
    }

    /// What the poll that brought a record looks like, and the handling it began.
    func confluentProcess(_ record: KafkaTopic.Record, of topic: String) -> ActiveSpan {
        let receive = start("recv", .consumer, by: .confluentKafka, in: nil)
        end(receive)
        var process = start(
            "\(topic) process", .consumer, by: .confluentKafka, in: receive.context,
            attributes: Self.confluentAttributes(topic, operation: "process") + [
                ("messaging.kafka.partition", .int(Int64(record.partition))),
                ("messaging.message.id", .string("\(topic).\(record.partition).\(record.offset)")),
                (ActiveSpan.correlationAttribute, .string(record.message.booking.correlationID)),
            ])
        process.link(record.message.context)
        return process
    }

    private static func confluentAttributes(_ topic: String, operation: String) -> Attributes {
        [
            ("messaging.system", "kafka"), ("messaging.destination", .string(topic)),
            ("messaging.destination_kind", "queue"), ("messaging.operation", .string(operation)),
            ("server.address", "kafka.booking.internal"), ("server.port", 9092),
        ]
    }
}

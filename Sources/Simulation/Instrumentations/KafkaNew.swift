import OTLPCoding

/// Kafka as `opentelemetry-instrumentation-aiokafka` describes it: the names of semantic conventions 1.27, the
/// consumer group, and a `receive` that is a child of the publisher's span and over before the record is handled:
/// whatever the handler does begins a trace of its own.
extension Tracer {
    func aioKafkaSend(to topic: KafkaTopic, key: String, in parent: TraceContext?) -> ActiveSpan {
        start(
            "\(topic.name) send", .producer, by: .aioKafka, in: parent,
            attributes: [
                ("messaging.system", "kafka"), ("server.address", "\"kafka.booking.internal:9092\""),
                ("messaging.client.id", .string("\(service)-producer")),
                ("messaging.destination.name", .string(topic.name)),
                ("messaging.destination.partition.id", .string(String(topic.partition(of: key)))),
                ("messaging.kafka.message.key", .string(key)), ("messaging.operation.name", "send"),
                ("messaging.operation.type", "publish"),
            ])
    }

    func aioKafkaReceive(_ record: KafkaTopic.Record, of topic: String, group: String) {
        end(
            start(
                "\(topic) receive", .consumer, by: .aioKafka, in: record.message.context, remote: true,
                attributes: [
                    ("messaging.system", "kafka"), ("server.address", "\"kafka.booking.internal:9092\""),
                    ("messaging.client.id", .string("\(service)-consumer")),
                    ("messaging.destination.name", .string(topic)),
                    ("messaging.destination.partition.id", .string(String(record.partition))),
                    ("messaging.kafka.message.key", .string(record.key)),
                    ("messaging.consumer.group.name", .string(group)), ("messaging.operation.name", "receive"),
                    ("messaging.operation.type", "receive"), ("messaging.kafka.message.offset", .int(record.offset)),
                    ("messaging.message.id", .string("\(topic).\(record.partition).\(record.offset)")),
                    (ActiveSpan.correlationAttribute, .string(record.message.booking.correlationID)),
                ]))
    }
}

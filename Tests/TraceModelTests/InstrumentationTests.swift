import OTLPCoding
import Testing

@testable import TraceModel

/// What the stock instrumentations of every system send, and what Flowglass reads in it.
@Suite struct InstrumentationTests {
    struct Sent: Sendable, CustomTestStringConvertible {
        var who: String
        var kind: SpanKind
        var name: String
        var attributes: [String: OTLPValue]
        var scope = "test"
        /// `role system channel group`, `-` for what is not there.
        var reads: String

        init(
            _ who: String, _ kind: SpanKind, _ name: String, _ attributes: [String: OTLPValue], scope: String = "test",
            reads: String
        ) {
            (self.who, self.kind, self.name, self.attributes) = (who, kind, name, attributes)
            (self.scope, self.reads) = (scope, reads)
        }

        var testDescription: String { "\(who): \(name)" }
    }

    static let sent = [
        // Java agent, 1.24 by default.
        Sent(
            "Java agent, Kafka", .producer, "orders publish",
            [
                "messaging.system": "kafka", "messaging.destination.name": "orders", "messaging.operation": "publish",
                "messaging.client_id": "p-1",
            ],
            reads: "publish kafka orders -"),
        Sent(
            "Java agent, Kafka", .consumer, "orders process",
            [
                "messaging.system": "kafka", "messaging.destination.name": "orders", "messaging.operation": "process",
                "messaging.kafka.consumer.group": "billing", "messaging.kafka.message.offset": 7,
                "messaging.destination.partition.id": "0",
            ], reads: "process kafka orders billing"),
        Sent(
            "Java agent, RabbitMQ", .consumer, "billing-queue process",
            [
                "messaging.system": "rabbitmq", "messaging.destination.name": "bookings",
                "messaging.operation": "process",
            ],
            scope: "io.opentelemetry.rabbitmq-2.7", reads: "process rabbitmq billing-queue -"),
        Sent(
            "Java agent, SQS", .consumer, "orders process",
            [
                "rpc.system": "aws-api", "rpc.service": "Sqs", "rpc.method": "ReceiveMessage",
                "aws.queue.url": "https://sqs.ap-northeast-2.amazonaws.com/1/orders", "messaging.system": "AmazonSQS",
                "messaging.operation": "process",
            ], reads: "process aws-sqs orders -"),
        Sent(
            "Java agent, JMS", .consumer, "주문 process",
            ["messaging.system": "jms", "messaging.destination.name": "주문", "messaging.operation": "process"],
            reads: "process activemq 주문 -"),
        // JavaScript.
        Sent(
            "JS kafkajs", .client, "poll orders",
            [
                "messaging.system": "kafka", "messaging.destination.name": "orders",
                "messaging.operation.type": "receive",
                "messaging.operation.name": "poll", "messaging.batch.message_count": 3,
            ], reads: "receive kafka orders -"),
        Sent(
            "JS kafkajs", .producer, "send orders",
            [
                "messaging.system": "kafka", "messaging.destination.name": "orders", "messaging.operation.name": "send",
                "messaging.operation.type": "send",
            ],
            reads: "publish kafka orders -"),
        Sent(
            "JS amqplib", .producer, "publish bookings",
            [
                "messaging.system": "rabbitmq", "messaging.destination": "bookings",
                "messaging.destination_kind": "topic",
            ],
            scope: "@opentelemetry/instrumentation-amqplib", reads: "publish rabbitmq bookings -"),
        Sent(
            "JS amqplib", .consumer, "billing process",
            ["messaging.system": "rabbitmq", "messaging.destination": "bookings", "messaging.operation": "process"],
            scope: "@opentelemetry/instrumentation-amqplib", reads: "process rabbitmq billing -"),
        Sent(
            "JS aws-sdk", .producer, "orders send",
            [
                "rpc.system": "aws-api", "rpc.method": "SendMessage", "rpc.service": "SQS",
                "messaging.system": "aws_sqs",
                "messaging.destination.name": "orders",
                "messaging.url": "https://sqs.ap-northeast-2.amazonaws.com/1/orders",
            ], reads: "publish aws-sqs orders -"),
        Sent(
            "JS aws-sdk", .consumer, "orders receive",
            [
                "rpc.system": "aws-api", "rpc.method": "ReceiveMessage", "messaging.system": "aws_sqs",
                "messaging.destination.name": "orders", "messaging.operation.type": "receive",
            ], reads: "receive aws-sqs orders -"),
        // Python.
        Sent(
            "botocore, SNS", .producer, "order-completed send",
            [
                "messaging.system": "aws.sns", "rpc.system": "aws-api", "rpc.method": "Publish",
                "messaging.destination.name": "arn:aws:sns:ap-northeast-2:123456789012:order-completed",
            ], reads: "publish aws-sns order-completed -"),
        Sent(
            "botocore, SQS by its URL", .client, "SQS.SendMessage",
            [
                "rpc.system": "aws-api", "rpc.service": "SQS", "rpc.method": "SendMessage",
                "messaging.url": "https://sqs.ap-northeast-2.amazonaws.com/1/orders",
            ], reads: "publish aws-sqs orders -"),
        Sent(
            "kafka-python", .producer, "orders send",
            ["messaging.system": "kafka", "messaging.destination": "orders", "messaging.url": #"["localhost:9092"]"#],
            reads: "publish kafka orders -"),
        Sent(
            "celery", .producer, "apply_async/orders.bill",
            [
                "messaging.destination": "celery", "messaging.destination_kind": "queue",
                "celery.task_name": "orders.bill",
            ],
            reads: "publish - celery -"),
        Sent(
            "confluent-kafka, an error", .consumer, "orders process",
            [
                "messaging.system": "kafka", "messaging.destination": "orders", "messaging.operation": "process",
                "messaging.kafka.partition": 0,
            ], reads: "receive kafka orders -"),
        Sent(
            "FastStream, NATS", .consumer, "주문 process",
            ["messaging.system": "nats", "messaging.destination_publish.name": "주문", "messaging.operation": "process"],
            reads: "process nats 주문 -"),
        // .NET.
        Sent(
            "MassTransit", .producer, "Shop:OrderPlaced send",
            [
                "messaging.system": "rabbitmq", "messaging.operation": "send",
                "messaging.destination.name": "Shop:OrderPlaced",
                "messaging.masstransit.destination_address": "rabbitmq://localhost/Shop:OrderPlaced",
            ], scope: "MassTransit", reads: "publish rabbitmq Shop:OrderPlaced -"),
        Sent(
            "MassTransit", .consumer, "billing receive",
            [
                "messaging.operation": "receive", "messaging.destination.name": "billing",
                "messaging.masstransit.destination_address": "rabbitmq://localhost/Shop:OrderPlaced",
                "messaging.masstransit.input_address": "rabbitmq://localhost/billing",
            ], scope: "MassTransit", reads: "receive - billing -"),
        Sent(
            "MassTransit", .consumer, "OrderConsumer process",
            [
                "messaging.operation": "process",
                "messaging.masstransit.destination_address": "rabbitmq://localhost/Shop:OrderPlaced?bind=true",
            ], scope: "MassTransit", reads: "process rabbitmq Shop:OrderPlaced -"),
        // Azure SDKs.
        Sent(
            "Azure Service Bus", .client, "ServiceBusSender.Send",
            [
                "az.namespace": "Microsoft.ServiceBus", "messaging.system": "servicebus",
                "messaging.destination.name": "orders",
                "messaging.operation": "publish", "messaging.batch.message_count": 2,
            ], reads: "publish azure-service-bus orders -"),
        Sent(
            "Azure Service Bus, oldest", .producer, "ServiceBus.message",
            ["az.namespace": "Microsoft.ServiceBus", "message_bus.destination": "orders"],
            reads: "publish azure-service-bus orders -"),
        Sent(
            "Azure Service Bus, a subscription", .consumer, "ServiceBusProcessor.ProcessMessage",
            [
                "az.namespace": "Microsoft.ServiceBus", "messaging.system": "servicebus",
                "messaging.destination.name": "orders/Subscriptions/billing", "messaging.operation": "process",
            ], reads: "process azure-service-bus orders billing"),
        Sent(
            "Azure Service Bus, settling", .client, "ServiceBusReceiver.Complete",
            [
                "az.namespace": "Microsoft.ServiceBus", "messaging.system": "servicebus",
                "messaging.operation": "settle",
            ],
            reads: "other azure-service-bus - -"),
        Sent(
            "Azure Event Hubs", .consumer, "EventProcessor.Process",
            [
                "az.namespace": "Microsoft.EventHub", "messaging.system": "eventhubs",
                "messaging.destination.name": "clicks",
                "messaging.operation": "process", "messaging.eventhubs.consumer.group": "$Default",
            ], reads: "process azure-event-hubs clicks $Default"),
        Sent(
            "Azure storage", .client, "BlobClient.Upload",
            ["az.namespace": "Microsoft.Storage", "http.request.method": "PUT"],
            reads: "client rest - -"),
        // Others.
        Sent(
            "Google Cloud Pub/Sub", .producer, "orders create",
            [
                "messaging.system": "gcp_pubsub", "messaging.destination.name": "projects/shop/topics/orders",
                "messaging.operation": "create",
            ],
            reads: "publish gcp-pubsub orders -"),
        Sent(
            "Google Cloud Pub/Sub", .consumer, "billing-sub process",
            [
                "messaging.system": "gcp_pubsub", "messaging.destination.name": "projects/shop/topics/orders",
                "messaging.destination.subscription.name": "billing-sub", "messaging.operation.name": "process",
                "messaging.gcp_pubsub.message.delivery_attempt": 2,
            ], reads: "process gcp-pubsub orders billing-sub"),
        Sent(
            "Google Cloud Pub/Sub, extending a lease", .client, "billing-sub modack",
            [
                "messaging.system": "gcp_pubsub", "messaging.destination.name": "billing-sub",
                "messaging.operation.name": "modack",
            ],
            reads: "other gcp-pubsub - -"),
        Sent(
            "Pulsar", .consumer, "persistent://public/default/orders-partition-3 process",
            [
                "messaging.system": "pulsar",
                "messaging.destination.name": "persistent://public/default/orders-partition-3",
                "messaging.operation": "process",
            ], reads: "process pulsar persistent://public/default/orders -"),
        Sent(
            "RocketMQ", .consumer, "orders process",
            [
                "messaging.system": "rocketmq", "messaging.destination.name": "orders",
                "messaging.operation": "process",
                "messaging.rocketmq.client_group": "billing", "messaging.rocketmq.message.tag": "paid",
            ], reads: "process rocketmq orders billing"),
        Sent(
            "EventBridge", .client, "EventBridge.PutEvents",
            [
                "rpc.system": "aws-api", "rpc.service": "EventBridge", "rpc.method": "PutEvents",
                "messaging.destination.name": "bookings",
            ],
            reads: "publish aws-eventbridge bookings -"),
        Sent(
            "Kinesis", .client, "Kinesis.PutRecords",
            [
                "rpc.system": "aws-api", "rpc.service": "Kinesis", "rpc.method": "PutRecords",
                "aws.kinesis.stream_name": "clicks",
            ],
            reads: "publish aws-kinesis clicks -"),
        Sent(
            "MQTT", .producer, "sensors/1 publish",
            [
                "messaging.system": "mqtt", "messaging.destination.name": "sensors/seoul",
                "messaging.operation.name": "publish",
            ],
            reads: "publish mqtt sensors/seoul -"),
        Sent(
            "JetStream", .consumer, "ORDERS.new process",
            [
                "messaging.system": "jetstream", "messaging.destination.name": "ORDERS.new",
                "messaging.operation.type": "process",
                "messaging.consumer.group.name": "billing",
            ], reads: "process nats-jetstream ORDERS.new billing"),
        Sent(
            "Spring Integration", .consumer, "input process",
            [
                "messaging.system": "spring_integration", "messaging.destination.name": "input",
                "messaging.operation": "process",
            ],
            reads: "process in-memory input -"),
        Sent(
            "a template", .producer, "send",
            [
                "messaging.system": "rabbitmq", "messaging.destination.template": "reply.{customer}",
                "messaging.destination.name": "reply.71", "messaging.operation.type": "send",
            ], reads: "publish rabbitmq reply.{customer} -"),
    ]

    @Test(arguments: sent)
    func `what an instrumentation sends is read`(sent: Sent) throws {
        var make = TestSpans()
        let span = make.span("s", sent.kind, sent.name, 0...1, sent.attributes.map { ($0.key, $0.value) })
        var reader = SpanReader()
        let reading = try #require(try reader.spans(in: batch([span.scoped(sent.scope)])).first).reading
        let text = { (part: String) in part.isEmpty ? "-" : part }
        #expect(
            "\(reading.role) \(text(reading.system)) \(text(reading.channel)) \(text(reading.group))" == sent.reads)
    }

    @Test(arguments: [
        ("reply.7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70.done", "reply.{uuid}.done"),
        ("session-5f2b8c1e9d3a4b7c6d5e4f3a", "session-{id}"),
        ("upload_01ARZ3NDEKTSV4RRFFQ69G5FAV", "upload_{id}"),
        ("device.1768467600123", "device.{id}"),
        ("orders-2026", "orders-2026"),
        ("order-completed-v2", "order-completed-v2"),
        ("주문.완료.1768467600123", "주문.완료.{id}"),
        ("deadbeefdeadbeefdeadbeef", "deadbeefdeadbeefdeadbeef"),
        ("", ""),
    ])
    func `an id in a name becomes a template`(name: String, template: String) {
        #expect(withoutIDs(name) == template)
    }

    @Test(arguments: [
        ("amq_0f3a", "rabbitmq", "amq_*"), ("spring.gen-x1y2", "rabbitmq", "spring.gen-*"),
        ("_R_.8xk", "nats", "_R_.*"),
        ("temp-queue://ID:host-1", "activemq", "temp-queue://*"),
    ])
    func `reply queues that libraries make up are one temporary channel`(raw: String, system: String, name: String) {
        let channel = ChannelName(raw, system: system, publishes: true, isCurrent: true)
        #expect(channel.name == name)
        #expect(channel.isTemporary)
    }

    @Test func `the broker's count of deliveries is read`() throws {
        var make = TestSpans()
        var reader = SpanReader()
        for attribute in [
            "messaging.servicebus.message.delivery_count", "azure.servicebus.message.delivery_count",
            "messaging.gcp_pubsub.message.delivery_attempt",
        ] {
            let span = make.span(
                "s", .consumer, "q process", 0...1, [("messaging.destination.name", "q"), (attribute, 3)])
            #expect(try reader.spans(in: batch([span])).first?.reading.deliveryAttempt == 3)
        }
    }
}

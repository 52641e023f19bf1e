// What each messaging system guarantees, every cell with its source. A pure data table.
//
// `delivery` is what a plain set-up gives; `strongestDelivery` what can be configured (FIFO, transactions, QoS 2).
// Logs need no dead-letter queue for the message's sake: it stays in the log. Systems that bring a dead-letter queue of
// their own (ActiveMQ, RocketMQ, Service Bus) need none either.

extension Guarantees {
    /// Also of Amazon MSK, which is Kafka run by somebody else.
    private static let kafkaGuarantees = Guarantees(
        fanOut: Sourced(true, "kafka.apache.org/41/getting-started/introduction/"),
        persistence: Sourced(.retained, "kafka.apache.org/41/getting-started/introduction/"),
        replay: Sourced(true, "kafka.apache.org/41/design/design/#the-consumer"),
        ordering: Sourced(.perKey, "kafka.apache.org/41/getting-started/introduction/"),
        delivery: Sourced(.atLeastOnce, "kafka.apache.org/41/design/design/#message-delivery-semantics"),
        strongestDelivery: Sourced(.exactlyOnce, "kafka.apache.org/41/design/design/#message-delivery-semantics"),
        needsDeadLetter: Sourced(false, "kafka.apache.org/41/getting-started/introduction/"))

    static let table: [MessagingSystem: Guarantees] = [
        .awsSQS: Guarantees(
            fanOut: Sourced(false, "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html"),
            persistence: Sourced(
                .untilConsumed,
                "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html"),
            replay: Sourced(
                false, "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html"),
            ordering: Sourced(
                .none, "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html"),
            fifoOrdering: Sourced(
                .perKey,
                "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html"
            ),
            delivery: Sourced(
                .atLeastOnce,
                "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html"
            ),
            fifoDelivery: Sourced(
                .exactlyOnce,
                "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html"
            ),
            strongestDelivery: Sourced(
                .exactlyOnce,
                "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html"
            ),
            needsDeadLetter: Sourced(
                true, "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html")),
        .awsSNS: Guarantees(
            fanOut: Sourced(true, "docs.aws.amazon.com/sns/latest/dg/sns-common-scenarios.html"),
            persistence: Sourced(
                .untilDelivered, "docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html"),
            // Archiving and replay are of FIFO topics only.
            replay: Sourced(false, "docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html"),
            ordering: Sourced(.none, "docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html"),
            fifoOrdering: Sourced(.perKey, "docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-ordering.html"),
            delivery: Sourced(.atLeastOnce, "docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html"),
            // To FIFO queues that take everything; to standard queues, and with filters, it is less.
            fifoDelivery: Sourced(.exactlyOnce, "docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html"),
            fifoReplay: Sourced(true, "docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html"),
            strongestDelivery: Sourced(.exactlyOnce, "docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html"),
            needsDeadLetter: Sourced(true, "docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html")),
        .awsEventBridge: Guarantees(
            fanOut: Sourced(true, "docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html"),
            persistence: Sourced(
                .untilDelivered, "docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html"),
            replay: Sourced(true, "docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html"),
            ordering: Sourced(.none, "repost.aws/questions/QUDxAa0fS4TNus4mLxZpUjEw/aws-event-bridge"),
            delivery: Sourced(
                .atLeastOnce, "docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html"),
            strongestDelivery: Sourced(
                .atLeastOnce, "docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html"),
            needsDeadLetter: Sourced(true, "docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html")),
        .awsKinesis: Guarantees(
            fanOut: Sourced(true, "docs.aws.amazon.com/streams/latest/dev/building-consumers.html"),
            persistence: Sourced(.retained, "docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html"),
            replay: Sourced(true, "docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html"),
            ordering: Sourced(.perKey, "docs.aws.amazon.com/streams/latest/dev/key-concepts.html"),
            delivery: Sourced(
                .atLeastOnce, "docs.aws.amazon.com/streams/latest/dev/kinesis-record-processor-duplicates.html"),
            strongestDelivery: Sourced(
                .atLeastOnce, "docs.aws.amazon.com/streams/latest/dev/kinesis-record-processor-duplicates.html"),
            needsDeadLetter: Sourced(false, "docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html")),
        .awsMSK: kafkaGuarantees,
        .kafka: kafkaGuarantees,
        .rabbitMQ: Guarantees(
            fanOut: Sourced(true, "www.rabbitmq.com/docs/exchanges"),
            persistence: Sourced(.untilConsumed, "www.rabbitmq.com/docs/queues"),
            replay: Sourced(false, "www.rabbitmq.com/docs/queues"),
            ordering: Sourced(.total, "www.rabbitmq.com/docs/queues#message-ordering"),
            delivery: Sourced(.atLeastOnce, "www.rabbitmq.com/docs/reliability"),
            strongestDelivery: Sourced(.atLeastOnce, "www.rabbitmq.com/docs/reliability"),
            needsDeadLetter: Sourced(true, "www.rabbitmq.com/docs/dlx")),
        .activeMQ: Guarantees(
            fanOut: Sourced(
                true, "activemq.apache.org/components/classic/documentation/how-does-a-queue-compare-to-a-topic"),
            // On a topic for subscribers that are connected, or durable.
            persistence: Sourced(.untilConsumed, "activemq.apache.org/components/classic/documentation/persistence"),
            replay: Sourced(
                false, "activemq.apache.org/components/classic/documentation/how-does-a-queue-compare-to-a-topic"),
            // Of one publisher; `strictOrderDispatchPolicy` makes it one for all publishers of a topic.
            ordering: Sourced(
                .total, "activemq.apache.org/components/classic/documentation/how-do-i-preserve-order-of-messages"),
            delivery: Sourced(
                .atLeastOnce, "activemq.apache.org/components/classic/documentation/should-i-use-transactions"),
            strongestDelivery: Sourced(
                .atLeastOnce, "activemq.apache.org/components/classic/documentation/should-i-use-transactions"),
            needsDeadLetter: Sourced(
                false, "activemq.apache.org/components/classic/documentation/message-redelivery-and-dlq-handling")),
        .redisPubSub: Guarantees(
            fanOut: Sourced(true, "redis.io/docs/latest/develop/pubsub/"),
            persistence: Sourced(.none, "redis.io/docs/latest/develop/pubsub/"),
            replay: Sourced(false, "redis.io/docs/latest/develop/pubsub/"),
            ordering: Sourced(.total, "redis.io/docs/latest/develop/pubsub/"),
            delivery: Sourced(.atMostOnce, "redis.io/docs/latest/develop/pubsub/"),
            strongestDelivery: Sourced(.atMostOnce, "redis.io/docs/latest/develop/pubsub/"),
            needsDeadLetter: Sourced(false, "redis.io/docs/latest/develop/pubsub/")),
        .redisStreams: Guarantees(
            fanOut: Sourced(true, "redis.io/docs/latest/develop/data-types/streams/"),
            persistence: Sourced(.retained, "redis.io/docs/latest/develop/data-types/streams/"),
            replay: Sourced(true, "redis.io/docs/latest/develop/data-types/streams/"),
            ordering: Sourced(.total, "redis.io/docs/latest/develop/data-types/streams/"),
            delivery: Sourced(.atLeastOnce, "redis.io/docs/latest/develop/data-types/streams/"),
            strongestDelivery: Sourced(.atLeastOnce, "redis.io/docs/latest/develop/data-types/streams/"),
            needsDeadLetter: Sourced(true, "redis.io/docs/latest/develop/data-types/streams/")),
        .nats: Guarantees(
            fanOut: Sourced(true, "docs.nats.io/nats-concepts/core-nats/pubsub"),
            persistence: Sourced(.none, "docs.nats.io/nats-concepts/core-nats"),
            replay: Sourced(false, "docs.nats.io/nats-concepts/core-nats"),
            ordering: Sourced(.total, "docs.nats.io/nats-concepts/core-nats"),
            delivery: Sourced(.atMostOnce, "docs.nats.io/nats-concepts/core-nats"),
            strongestDelivery: Sourced(.atMostOnce, "docs.nats.io/nats-concepts/core-nats"),
            needsDeadLetter: Sourced(false, "docs.nats.io/nats-concepts/core-nats")),
        .natsJetStream: Guarantees(
            fanOut: Sourced(true, "docs.nats.io/nats-concepts/jetstream/consumers"),
            persistence: Sourced(.retained, "docs.nats.io/nats-concepts/jetstream/streams"),
            replay: Sourced(true, "docs.nats.io/nats-concepts/jetstream/consumers"),
            ordering: Sourced(.total, "docs.nats.io/nats-concepts/jetstream/streams"),
            delivery: Sourced(.atLeastOnce, "docs.nats.io/nats-concepts/jetstream"),
            strongestDelivery: Sourced(.exactlyOnce, "docs.nats.io/nats-concepts/jetstream"),
            needsDeadLetter: Sourced(true, "docs.nats.io/nats-concepts/jetstream/consumers")),
        .pulsar: Guarantees(
            fanOut: Sourced(true, "pulsar.apache.org/docs/concepts-messaging/#subscriptions"),
            persistence: Sourced(.retained, "pulsar.apache.org/docs/concepts-messaging/#message-retention-and-expiry"),
            replay: Sourced(true, "pulsar.apache.org/docs/concepts-messaging/#message-retention-and-expiry"),
            ordering: Sourced(.perKey, "pulsar.apache.org/docs/concepts-messaging/#ordering-guarantee"),
            delivery: Sourced(.atLeastOnce, "pulsar.apache.org/docs/concepts-messaging/#acknowledgment"),
            strongestDelivery: Sourced(
                .exactlyOnce, "pulsar.apache.org/docs/concepts-messaging/#message-deduplication"),
            needsDeadLetter: Sourced(true, "pulsar.apache.org/docs/concepts-messaging/#dead-letter-topic")),
        .rocketMQ: Guarantees(
            fanOut: Sourced(true, "rocketmq.apache.org/docs/featureBehavior/08consumerloadbalance"),
            persistence: Sourced(.retained, "rocketmq.apache.org/docs/featureBehavior/11messagestorepolicy"),
            replay: Sourced(true, "rocketmq.apache.org/docs/featureBehavior/11messagestorepolicy"),
            ordering: Sourced(.none, "rocketmq.apache.org/docs/featureBehavior/03fifomessage"),
            fifoOrdering: Sourced(.perKey, "rocketmq.apache.org/docs/featureBehavior/03fifomessage"),
            delivery: Sourced(.atLeastOnce, "rocketmq.apache.org/docs/featureBehavior/10consumerretrypolicy"),
            strongestDelivery: Sourced(.atLeastOnce, "rocketmq.apache.org/docs/featureBehavior/10consumerretrypolicy"),
            needsDeadLetter: Sourced(false, "rocketmq.apache.org/docs/featureBehavior/10consumerretrypolicy")),
        .mqtt: Guarantees(
            fanOut: Sourced(true, "docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901241"),
            persistence: Sourced(.untilDelivered, "docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901231"),
            replay: Sourced(false, "docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901231"),
            ordering: Sourced(.total, "docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901240"),
            delivery: Sourced(.atMostOnce, "docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901234"),
            strongestDelivery: Sourced(.exactlyOnce, "docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901234"),
            needsDeadLetter: Sourced(false, "docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901234")),
        .gcpPubSub: Guarantees(
            fanOut: Sourced(true, "cloud.google.com/pubsub/docs/overview"),
            persistence: Sourced(.untilConsumed, "cloud.google.com/pubsub/docs/subscription-properties"),
            replay: Sourced(true, "cloud.google.com/pubsub/docs/replay-overview"),
            ordering: Sourced(.none, "cloud.google.com/pubsub/docs/ordering"),
            fifoOrdering: Sourced(.perKey, "cloud.google.com/pubsub/docs/ordering"),
            delivery: Sourced(.atLeastOnce, "cloud.google.com/pubsub/docs/subscription-overview"),
            strongestDelivery: Sourced(.exactlyOnce, "cloud.google.com/pubsub/docs/exactly-once-delivery"),
            needsDeadLetter: Sourced(true, "cloud.google.com/pubsub/docs/handling-failures")),
        .azureServiceBus: Guarantees(
            fanOut: Sourced(
                true, "learn.microsoft.com/azure/service-bus-messaging/service-bus-queues-topics-subscriptions"),
            persistence: Sourced(
                .untilConsumed, "learn.microsoft.com/azure/service-bus-messaging/message-transfers-locks-settlement"),
            replay: Sourced(
                false, "learn.microsoft.com/azure/service-bus-messaging/message-transfers-locks-settlement"),
            ordering: Sourced(.none, "learn.microsoft.com/azure/service-bus-messaging/message-sessions"),
            fifoOrdering: Sourced(.perKey, "learn.microsoft.com/azure/service-bus-messaging/message-sessions"),
            delivery: Sourced(
                .atLeastOnce, "learn.microsoft.com/azure/service-bus-messaging/message-transfers-locks-settlement"),
            // Duplicate detection is of what the sender sends twice; a lock that runs out delivers again.
            strongestDelivery: Sourced(
                .atLeastOnce, "learn.microsoft.com/azure/service-bus-messaging/message-transfers-locks-settlement"),
            needsDeadLetter: Sourced(
                false, "learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues")),
        .azureEventHubs: Guarantees(
            fanOut: Sourced(true, "learn.microsoft.com/azure/event-hubs/event-hubs-features"),
            persistence: Sourced(.retained, "learn.microsoft.com/azure/event-hubs/event-hubs-features"),
            replay: Sourced(true, "learn.microsoft.com/azure/event-hubs/event-hubs-features"),
            ordering: Sourced(.perKey, "learn.microsoft.com/azure/event-hubs/event-hubs-features"),
            delivery: Sourced(
                .atLeastOnce, "learn.microsoft.com/azure/event-hubs/event-processor-balance-partition-load"),
            strongestDelivery: Sourced(
                .atLeastOnce, "learn.microsoft.com/azure/event-hubs/event-processor-balance-partition-load"),
            needsDeadLetter: Sourced(false, "learn.microsoft.com/azure/event-hubs/event-hubs-features")),
        .azureEventGrid: Guarantees(
            fanOut: Sourced(true, "learn.microsoft.com/azure/event-grid/concepts"),
            persistence: Sourced(.untilDelivered, "learn.microsoft.com/azure/event-grid/delivery-and-retry"),
            replay: Sourced(false, "learn.microsoft.com/azure/event-grid/delivery-and-retry"),
            ordering: Sourced(.none, "learn.microsoft.com/azure/event-grid/delivery-and-retry"),
            delivery: Sourced(.atLeastOnce, "learn.microsoft.com/azure/event-grid/delivery-and-retry"),
            strongestDelivery: Sourced(.atLeastOnce, "learn.microsoft.com/azure/event-grid/delivery-and-retry"),
            needsDeadLetter: Sourced(true, "learn.microsoft.com/azure/event-grid/manage-event-delivery")),
        .inMemory: Guarantees(
            fanOut: Sourced(true, "by definition"),
            persistence: Sourced(.none, "by definition: it ends with the process"),
            replay: Sourced(false, "by definition"),
            ordering: Sourced(.total, "by definition"),
            delivery: Sourced(.atMostOnce, "by definition"),
            strongestDelivery: Sourced(.atMostOnce, "by definition"),
            needsDeadLetter: Sourced(false, "by definition: a failed handler is the publisher's error")),
    ]
}

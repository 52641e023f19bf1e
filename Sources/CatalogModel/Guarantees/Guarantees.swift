/// What a messaging system promises for its channels, each with the page that says so.
public struct Guarantees: Sendable, Equatable {
    /// Whether a topic gives every subscriber (or subscriber group) its own copy.
    public var fanOut: Sourced<Bool>
    public var persistence: Sourced<Persistence>
    /// Whether messages that were handled can be read again.
    public var replay: Sourced<Bool>
    public var ordering: Sourced<Ordering>
    /// The order on a FIFO topic or queue, or with ordering keys or sessions; where there is such a thing.
    public var fifoOrdering: Sourced<Ordering>?
    /// How often a message arrives unless more is configured.
    public var delivery: Sourced<Delivery>
    /// The delivery on a FIFO topic or queue, where that is another one.
    public var fifoDelivery: Sourced<Delivery>?
    /// Whether a FIFO topic or queue can be read again, where that is another answer.
    public var fifoReplay: Sourced<Bool>?
    /// The strongest delivery that can be configured.
    public var strongestDelivery: Sourced<Delivery>
    /// Whether messages that cannot be handled are lost, or come back for ever, unless a dead-letter queue is set up.
    public var needsDeadLetter: Sourced<Bool>

    /// A value and the page that backs it.
    public struct Sourced<Value: Sendable & Equatable>: Sendable, Equatable {
        public var value: Value
        public var source: String

        init(_ value: Value, _ source: String) {
            self.value = value
            self.source = source
        }
    }

    public enum Persistence: String, Sendable, CaseIterable {
        /// Gone where nobody listens at that moment.
        case none
        /// Retried for a while, then gone.
        case untilDelivered = "until-delivered"
        /// Kept until a consumer has handled it.
        case untilConsumed = "until-consumed"
        /// Kept for a time, handled or not.
        case retained
    }

    /// Spelt as `ordering:` in the catalog.
    public enum Ordering: String, Sendable, CaseIterable, Comparable {
        case none
        case perKey = "per-key"
        case total

        public static func < (left: Ordering, right: Ordering) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .none: 0
            case .perKey: 1
            case .total: 2
            }
        }
    }

    /// Spelt as `delivery:` in the catalog.
    public enum Delivery: String, Sendable, CaseIterable {
        case atMostOnce = "at-most-once"
        case atLeastOnce = "at-least-once"
        case exactlyOnce = "exactly-once"
    }

    /// Whether the system keeps a log in partitions that consumers read at their own pace.
    public var isLog: Bool { persistence.value == .retained && replay.value }
}

extension MessagingSystem {
    /// What the system promises; nil for `other`, of which nothing is known.
    public var guarantees: Guarantees? { Guarantees.table[self] }

    /// The name as people write it.
    public var title: String {
        switch self {
        case .awsSQS: "Amazon SQS"
        case .awsSNS: "Amazon SNS"
        case .awsEventBridge: "Amazon EventBridge"
        case .awsKinesis: "Amazon Kinesis"
        case .awsMSK: "Amazon MSK"
        case .kafka: "Kafka"
        case .rabbitMQ: "RabbitMQ"
        case .activeMQ: "ActiveMQ"
        case .redisPubSub: "Redis Pub/Sub"
        case .redisStreams: "Redis Streams"
        case .nats: "NATS"
        case .natsJetStream: "NATS JetStream"
        case .pulsar: "Pulsar"
        case .rocketMQ: "RocketMQ"
        case .mqtt: "MQTT"
        case .gcpPubSub: "Google Cloud Pub/Sub"
        case .azureServiceBus: "Azure Service Bus"
        case .azureEventHubs: "Azure Event Hubs"
        case .azureEventGrid: "Azure Event Grid"
        case .inMemory: "an in-memory bus"
        case .other: "another system"
        }
    }
}

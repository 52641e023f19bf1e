import CatalogModel

/// Which messaging system would give what a channel lacks, and what that costs: help for the rules that compare.
enum Choice {
    /// The log that lies nearest to what is there.
    static func replay(insteadOf channel: Channel) -> String {
        let fifo = channel.fifo != true && channel.system?.guarantees?.fifoReplay?.value == true
        if fifo { return "add fifo: true and an archive, which costs throughput and storage" }
        return "\(log(besides: channel.system).title) can: it costs partitions and offsets to look after, "
            + "and keeps order per key only"
    }

    /// A system that keeps messages for those who do not listen.
    static func durable(insteadOf channel: Channel) -> String {
        let cost = "it costs a write to disk before each acknowledgement, and a message may come twice"
        guard channel.system != .mqtt else {
            return "use QoS 1 with a lasting session (delivery: at-least-once): \(cost)"
        }
        if channel.delivery?.value == Guarantees.Delivery.atMostOnce.rawValue,
            channel.system?.guarantees?.persistence.value != Guarantees.Persistence.none
        {
            return "acknowledge after the work (delivery: at-least-once): a message may then come twice"
        }
        return "\(store(besides: channel.system).title) keeps them: \(cost)"
    }

    /// A system that keeps an order.
    static func order(insteadOf channel: Channel) -> String {
        "\(log(besides: channel.system).title) keeps it per key: it costs partitions, and a slow message holds up its key"
    }

    private static func log(besides system: MessagingSystem?) -> MessagingSystem {
        switch system {
        case .awsSQS, .awsSNS, .awsEventBridge: .awsKinesis
        case .redisPubSub: .redisStreams
        case .nats: .natsJetStream
        case .azureServiceBus, .azureEventGrid: .azureEventHubs
        default: .kafka
        }
    }

    private static func store(besides system: MessagingSystem?) -> MessagingSystem {
        switch system {
        case .redisPubSub: .redisStreams
        case .nats: .natsJetStream
        default: .rabbitMQ
        }
    }
}

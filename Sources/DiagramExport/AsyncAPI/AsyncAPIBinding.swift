import CatalogModel

/// The channel binding of a messaging system, where AsyncAPI 3.0 has one: what other tools know a channel's system by.
struct AsyncAPIBinding {
    let value: YAMLValue

    init?(_ channel: Channel) {
        guard let system = channel.system else { return nil }
        let name = ("name", YAMLValue.text(channel.name))
        switch system {
        case .kafka, .awsMSK:
            var members: [(String, YAMLValue)] = []
            if let partitions = channel.partitions { members.append(("partitions", .number(partitions))) }
            if let retention = channel.retention?.value.milliseconds {
                members.append(("topicConfiguration", .map([("retention.ms", .number(retention))])))
            }
            value = .map([("kafka", .map(members + [("bindingVersion", .text("0.5.0"))]))])
        case .rabbitMQ:
            let queue: [(String, YAMLValue)] =
                channel.kind == .queue
                ? [("is", .text("queue")), ("queue", .map([name]))] : [("is", .text("routingKey"))]
            value = .map([("amqp", .map(queue + [("bindingVersion", .text("0.3.0"))]))])
        case .awsSNS: value = .map([("sns", .map([name]))])
        case .awsSQS:
            value = .map([("sqs", .map([("queue", .map([name, ("fifoQueue", .bool(channel.fifo ?? false))]))]))])
        case .mqtt: value = .map([("mqtt", .map([]))])
        case .nats, .natsJetStream: value = .map([("nats", .map([]))])
        case .redisPubSub, .redisStreams: value = .map([("redis", .map([]))])
        case .activeMQ:
            let type = channel.kind == .queue ? "queue" : "fifo-queue"
            value = .map([("jms", .map([("destinationType", .text(type))]))])
        case .awsEventBridge, .awsKinesis, .pulsar, .rocketMQ, .gcpPubSub, .azureServiceBus, .azureEventHubs,
            .azureEventGrid, .inMemory, .other:
            return nil
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int? {
        let (seconds, attoseconds) = components
        let (product, overflow) = Int(seconds).multipliedReportingOverflow(by: 1000)
        return overflow ? nil : product + Int(attoseconds / 1_000_000_000_000_000)
    }
}

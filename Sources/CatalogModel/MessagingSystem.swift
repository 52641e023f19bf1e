/// A messaging system, in the catalog's spelling.
public enum MessagingSystem: String, Sendable, Hashable, CaseIterable {
    case awsSQS = "aws-sqs"
    case awsSNS = "aws-sns"
    case awsEventBridge = "aws-eventbridge"
    case awsKinesis = "aws-kinesis"
    case awsMSK = "aws-msk"
    case kafka
    case rabbitMQ = "rabbitmq"
    case activeMQ = "activemq"
    case redisPubSub = "redis-pubsub"
    case redisStreams = "redis-streams"
    case nats
    case natsJetStream = "nats-jetstream"
    case pulsar
    case rocketMQ = "rocketmq"
    case mqtt
    case gcpPubSub = "gcp-pubsub"
    case azureServiceBus = "azure-service-bus"
    case azureEventHubs = "azure-event-hubs"
    case azureEventGrid = "azure-event-grid"
    case inMemory = "in-memory"
    case other
}

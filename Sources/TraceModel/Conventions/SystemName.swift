/// The catalog's spelling of a messaging system that a span names in its own way; an unknown value stays as it is.
func systemName(_ value: String) -> String {
    switch value.lowercased().replacing("_", with: ".") {
    case "aws.sns", "sns", "amazonsns", "aws-sns": "aws-sns"
    case "aws.sqs", "sqs", "amazonsqs", "aws-sqs": "aws-sqs"
    case "aws.kinesis", "kinesis", "amazonkinesis", "aws-kinesis": "aws-kinesis"
    case "aws.eventbridge", "eventbridge", "aws-eventbridge": "aws-eventbridge"
    case "kafka", "apache.kafka", "confluent.kafka": "kafka"
    case "rabbitmq", "amqp": "rabbitmq"
    case "activemq", "jms": "activemq"
    case "redis", "redis.pubsub", "redis-pubsub": "redis-pubsub"
    case "redis.streams", "redis-streams": "redis-streams"
    case "nats": "nats"
    case "jetstream", "nats.jetstream", "nats-jetstream": "nats-jetstream"
    case "pulsar": "pulsar"
    case "rocketmq": "rocketmq"
    case "mqtt": "mqtt"
    case "gcp.pubsub", "gcp-pubsub", "google.pubsub": "gcp-pubsub"
    case "servicebus", "azure.servicebus", "azure-service-bus": "azure-service-bus"
    case "eventhubs", "azure.eventhubs", "azure-event-hubs": "azure-event-hubs"
    case "eventgrid", "azure.eventgrid", "azure-event-grid": "azure-event-grid"
    case "in.memory", "in-memory", "spring.integration": "in-memory"
    default: value
    }
}

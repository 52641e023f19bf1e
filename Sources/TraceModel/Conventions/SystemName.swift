/// The catalog's spelling of a messaging system that a span names in its own way; an unknown value stays as it is.
func systemName(_ value: String) -> String {
    switch value {
    // Most spans: spelt as the catalog spells it.
    case "kafka", "rabbitmq", "nats", "pulsar", "rocketmq", "mqtt", "": return value
    case "aws_sqs", "aws.sqs": return "aws-sqs"
    case "aws.sns": return "aws-sns"
    default: return spelling(of: value)
    }
}

private func spelling(of value: String) -> String {
    switch value.lowercased().replacing("_", with: ".").replacing("-", with: ".") {
    case "aws.sns", "sns", "amazonsns": "aws-sns"
    case "aws.sqs", "sqs", "amazonsqs", "amazon.sqs": "aws-sqs"
    case "aws.kinesis", "kinesis", "amazonkinesis": "aws-kinesis"
    case "aws.eventbridge", "eventbridge", "amazoneventbridge", "cloudwatchevents": "aws-eventbridge"
    case "aws.msk": "aws-msk"
    case "kafka", "apache.kafka", "confluent.kafka": "kafka"
    case "rabbitmq", "amqp", "amqps", "rabbitmqs": "rabbitmq"
    case "activemq", "jms", "artemis": "activemq"
    case "redis", "redis.pubsub": "redis-pubsub"
    case "redis.streams": "redis-streams"
    case "jetstream", "nats.jetstream": "nats-jetstream"
    case "nats", "pulsar", "rocketmq", "mqtt": value.lowercased()
    case "gcp.pubsub", "google.pubsub", "pubsub": "gcp-pubsub"
    case "servicebus", "azure.servicebus", "azure.service.bus", "azureservicebus", "microsoft.servicebus", "sb":
        "azure-service-bus"
    case "eventhubs", "azure.eventhubs", "azure.event.hubs", "azureeventhubs", "microsoft.eventhub":
        "azure-event-hubs"
    case "eventgrid", "azure.eventgrid", "azure.event.grid", "microsoft.eventgrid": "azure-event-grid"
    case "in.memory", "spring.integration", "loopback": "in-memory"
    default: value
    }
}

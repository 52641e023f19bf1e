// What AsyncAPI calls a protocol or a binding, as a messaging system of the catalog.
// Source: AsyncAPI 2.6 and 3.0, "Server Object, protocol" and the bindings repository.

/// The messaging system of a server's `protocol` or of a binding's name; `other` for WebSocket, HTTP and unknown ones.
func messagingSystem(ofProtocol name: String) -> MessagingSystem {
    switch name.lowercased() {
    case "kafka", "kafka-secure": .kafka
    case "amqp", "amqps": .rabbitMQ
    case "amqp1", "jms": .activeMQ
    case "mqtt", "mqtts", "secure-mqtt", "mqtt5": .mqtt
    case "nats": .nats
    case "redis": .redisPubSub
    case "sns": .awsSNS
    case "sqs": .awsSQS
    case "googlepubsub": .gcpPubSub
    case "pulsar": .pulsar
    case "rocketmq": .rocketMQ
    default: .other
    }
}

/// A service's name from a document's title: `Account Service` becomes `account-service`. Letters of every script stay.
func serviceName(ofTitle title: String) -> String {
    var name = ""
    for scalar in title.unicodeScalars {
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            name += scalar.properties.lowercaseMapping
        } else if !name.isEmpty, !name.hasSuffix("-") {
            name += "-"
        }
    }
    while name.hasSuffix("-") { name.removeLast() }
    return name
}

/// Which attributes say what: one table for every generation of OpenTelemetry's semantic conventions.
///
/// Real systems emit every generation at once. Rows of one fact stand newest first, and the first one that a span
/// carries wins. A row names the version of the semantic conventions that introduced the attribute, and the one that
/// replaced it (opentelemetry-specification up to 1.20, semantic-conventions from 1.21 to 1.45: their change logs and
/// the registry's notes of deprecation). Names that no version had, but that instrumentations emit, say whose they are.
enum ConventionTable {
    struct Row: Sendable {
        var fact: ConventionFact
        var attribute: String
        /// `.standard(1, 17)`, or whose name it is.
        var origin: Origin
        /// The version that replaced the name; nil while it is current.
        var until: ConventionVersion?

        init(_ fact: ConventionFact, _ attribute: String, since: ConventionVersion, until: ConventionVersion? = nil) {
            (self.fact, self.attribute, origin, self.until) = (fact, attribute, .conventions(since), until)
        }

        init(_ fact: ConventionFact, _ attribute: String, of owner: String) {
            (self.fact, self.attribute, origin, until) = (fact, attribute, .instrumentation(owner), nil)
        }
    }

    enum Origin: Sendable, Equatable {
        case conventions(ConventionVersion)
        case instrumentation(String)
    }

    static let rows: [Row] = [
        Row(.system, "messaging.system.name", since: "1.45"),
        Row(.system, "messaging.system", since: "1.7", until: "1.45"),
        Row(.azureNamespace, "az.namespace", of: "Azure SDK"),

        Row(.destination, "messaging.destination.template", since: "1.17"),
        Row(.destination, "messaging.destination.name", since: "1.17"),
        Row(.destination, "messaging.destination_publish.name", since: "1.20", until: "1.27"),
        Row(.destination, "messaging.destination", since: "1.7", until: "1.17"),
        Row(.destination, "messaging.masstransit.input_address", of: "MassTransit"),
        Row(.destination, "messaging.masstransit.destination_address", of: "MassTransit"),
        Row(.destination, "message_bus.destination", of: "Azure SDK, OpenTracing"),
        Row(.destination, "aws.sns.topic.arn", since: "1.36"),
        Row(.destination, "aws.sqs.queue.url", since: "1.36"),
        Row(.destination, "aws.queue.url", of: "Java agent"),
        Row(.destination, "aws.queue_url", of: "botocore"),
        Row(.destination, "aws.queue.name", of: "Java agent"),
        Row(.destination, "aws.stream.name", of: "Java agent"),
        Row(.destination, "aws.kinesis.stream_name", of: "AWS distributions"),
        Row(.destination, "kafka.topic", of: "Brave"),
        Row(.destination, "rabbit.queue", of: "Brave"),
        Row(.destination, "rabbit.exchange", of: "Brave"),
        Row(.destination, "jms.queue", of: "Brave"),
        Row(.destination, "jms.topic", of: "Brave"),
        Row(.destination, "messaging.url", since: "1.7", until: "1.17"),
        Row(.source, "messaging.source.template", since: "1.17", until: "1.21"),
        Row(.source, "messaging.source.name", since: "1.17", until: "1.21"),

        Row(.temporary, "messaging.destination.temporary", since: "1.17"),
        Row(.temporary, "messaging.destination.anonymous", since: "1.17"),
        Row(.oldTemporary, "messaging.temp_destination", since: "1.7", until: "1.17"),

        Row(.operation, "messaging.operation.type", since: "1.26"),
        Row(.operation, "messaging.operation", since: "1.7", until: "1.26"),
        Row(.operation, "messaging.operation.name", since: "1.26"),

        Row(.group, "messaging.consumer.group.name", since: "1.27"),
        Row(.group, "messaging.kafka.consumer.group", since: "1.17", until: "1.27"),
        Row(.group, "messaging.kafka.consumer_group", since: "1.7", until: "1.17"),
        Row(.group, "messaging.destination.subscription.name", since: "1.27"),
        Row(.group, "messaging.servicebus.destination.subscription_name", since: "1.24", until: "1.27"),
        Row(.group, "messaging.rocketmq.client_group", since: "1.12", until: "1.27"),
        Row(.group, "messaging.eventhubs.consumer.group", since: "1.24", until: "1.27"),

        Row(.messageID, "messaging.message.id", since: "1.17"),
        Row(.messageID, "messaging.message_id", since: "1.7", until: "1.17"),
        Row(.messageID, "messaging.masstransit.message_id", of: "MassTransit"),

        Row(.batch, "messaging.batch.message_count", since: "1.17"),
        Row(.deliveryAttempt, "azure.servicebus.message.delivery_count", since: "1.45"),
        Row(.deliveryAttempt, "messaging.servicebus.message.delivery_count", since: "1.24", until: "1.45"),
        Row(.deliveryAttempt, "messaging.gcp_pubsub.message.delivery_attempt", since: "1.26"),

        Row(.partition, "messaging.destination.partition.id", since: "1.25"),
        Row(.partition, "messaging.kafka.destination.partition", since: "1.17", until: "1.25"),
        Row(.partition, "messaging.kafka.source.partition", since: "1.17", until: "1.21"),
        Row(.partition, "messaging.kafka.partition", since: "1.7", until: "1.17"),

        Row(.offset, "kafka.offset", since: "1.45"),
        Row(.offset, "messaging.kafka.offset", since: "1.27", until: "1.45"),
        Row(.offset, "messaging.kafka.message.offset", since: "1.17", until: "1.27"),

        Row(.conversation, "messaging.message.conversation_id", since: "1.17"),
        Row(.conversation, "messaging.conversation_id", since: "1.7", until: "1.17"),
        Row(.conversation, "correlationid", of: "CloudEvents"),
        Row(.conversation, "correlation_id", of: "applications"),
        Row(.conversation, "correlation.id", of: "applications"),
        Row(.conversation, "http.request.header.x-correlation-id", since: "1.20"),
        Row(.conversation, "http.request.header.x_correlation_id", since: "1.7", until: "1.20"),
        Row(.conversation, "http.request.header.x-request-id", since: "1.20"),
        Row(.conversation, "http.request.header.x_request_id", since: "1.7", until: "1.20"),
        Row(.conversation, "messaging.header.x-correlation-id", of: "Java agent"),
        Row(.conversation, "messaging.header.x_correlation_id", of: "Java agent"),
        Row(.conversation, "messaging.header.correlation-id", of: "Java agent"),
        Row(.conversation, "messaging.header.correlation_id", of: "Java agent"),
        Row(.conversation, "messaging.header.x-request-id", of: "Java agent"),
        Row(.conversation, "messaging.header.x_request_id", of: "Java agent"),
        Row(.conversation, "messaging.masstransit.correlation_id", of: "MassTransit"),

        Row(.rpcSystem, "rpc.system.name", since: "1.39"),
        Row(.rpcSystem, "rpc.system", since: "1.7", until: "1.39"),
        Row(.rpcService, "rpc.service", since: "1.7", until: "1.39"),
        Row(.rpcMethod, "rpc.method", since: "1.7"),

        Row(.httpMethod, "http.request.method", since: "1.20"),
        Row(.httpMethod, "http.method", since: "1.7", until: "1.20"),
        Row(.httpRoute, "http.route", since: "1.7"),
        Row(.httpRoute, "url.template", since: "1.26"),

        Row(.graphqlType, "graphql.operation.type", since: "1.7"),
        Row(.graphqlName, "graphql.operation.name", since: "1.7"),

        Row(.peer, "service.peer.name", since: "1.39"),
        Row(.peer, "peer.service", since: "1.7", until: "1.39"),

        Row(.database, "db.system.name", since: "1.30"),
        Row(.database, "db.system", since: "1.7", until: "1.30"),

        Row(.serviceName, "service.name", since: "1.7"),
    ]
}

/// What a row of the table can say.
enum ConventionFact: Int, CaseIterable, Sendable {
    case system, azureNamespace, destination, source, temporary, oldTemporary, operation, group, messageID, batch
    case deliveryAttempt, partition, offset, conversation
    case rpcSystem, rpcService, rpcMethod, httpMethod, httpRoute, graphqlType, graphqlName, peer, database, serviceName

    /// The fact in a set of facts.
    var bit: UInt32 { 1 << UInt32(rawValue) }
}

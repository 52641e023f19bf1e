/// Which attributes say what: one table for every generation of OpenTelemetry's semantic conventions.
///
/// Real systems emit every generation at once. Rows of one fact stand newest first, and the first one that a span
/// carries wins. `since` is the version of the semantic conventions that introduced the name; names that no version
/// of the conventions had, but that instrumentations emit, say so.
enum ConventionTable {
    struct Row: Sendable {
        var fact: ConventionFact
        var attribute: String
        var since: String
    }

    static let rows: [Row] = [
        Row(fact: .system, attribute: "messaging.system", since: "1.7"),

        Row(fact: .destination, attribute: "messaging.destination.template", since: "1.17"),
        Row(fact: .destination, attribute: "messaging.destination.name", since: "1.17"),
        Row(fact: .destination, attribute: "messaging.destination_publish.name", since: "1.20"),
        Row(fact: .destination, attribute: "messaging.source.name", since: "1.17"),
        Row(fact: .destination, attribute: "messaging.destination", since: "1.7"),
        Row(fact: .destination, attribute: "aws.sns.topic.arn", since: "1.36"),
        Row(fact: .destination, attribute: "aws.sqs.queue.url", since: "1.36"),
        Row(fact: .destination, attribute: "aws.queue_url", since: "botocore"),

        Row(fact: .temporary, attribute: "messaging.destination.temporary", since: "1.17"),
        Row(fact: .temporary, attribute: "messaging.destination.anonymous", since: "1.17"),

        Row(fact: .operation, attribute: "messaging.operation.type", since: "1.26"),
        Row(fact: .operation, attribute: "messaging.operation", since: "1.7"),
        Row(fact: .operation, attribute: "messaging.operation.name", since: "1.26"),

        Row(fact: .group, attribute: "messaging.consumer.group.name", since: "1.27"),
        Row(fact: .group, attribute: "messaging.kafka.consumer.group", since: "1.17"),
        Row(fact: .group, attribute: "messaging.kafka.consumer_group", since: "1.7"),
        Row(fact: .group, attribute: "messaging.destination.subscription.name", since: "1.27"),
        Row(fact: .group, attribute: "messaging.servicebus.destination.subscription_name", since: "1.24"),
        Row(fact: .group, attribute: "messaging.rocketmq.client_group", since: "1.12"),
        Row(fact: .group, attribute: "messaging.eventhubs.consumer.group", since: "1.24"),

        Row(fact: .messageID, attribute: "messaging.message.id", since: "1.17"),
        Row(fact: .messageID, attribute: "messaging.message_id", since: "1.7"),

        Row(fact: .partition, attribute: "messaging.destination.partition.id", since: "1.25"),
        Row(fact: .partition, attribute: "messaging.kafka.destination.partition", since: "1.17"),
        Row(fact: .partition, attribute: "messaging.kafka.source.partition", since: "1.17"),
        Row(fact: .partition, attribute: "messaging.kafka.partition", since: "1.7"),

        Row(fact: .offset, attribute: "messaging.kafka.offset", since: "1.27"),
        Row(fact: .offset, attribute: "messaging.kafka.message.offset", since: "1.17"),

        Row(fact: .conversation, attribute: "messaging.message.conversation_id", since: "1.17"),
        Row(fact: .conversation, attribute: "messaging.conversation_id", since: "1.7"),
        Row(fact: .conversation, attribute: "correlationid", since: "CloudEvents"),
        Row(fact: .conversation, attribute: "correlation_id", since: "in use"),
        Row(fact: .conversation, attribute: "correlation.id", since: "in use"),
        Row(fact: .conversation, attribute: "http.request.header.x-correlation-id", since: "1.20"),
        Row(fact: .conversation, attribute: "http.request.header.x-request-id", since: "1.20"),
        Row(fact: .conversation, attribute: "messaging.header.x-correlation-id", since: "Java agent"),
        Row(fact: .conversation, attribute: "messaging.header.correlation-id", since: "Java agent"),
        Row(fact: .conversation, attribute: "messaging.header.correlation_id", since: "Java agent"),

        Row(fact: .rpcSystem, attribute: "rpc.system.name", since: "1.39"),
        Row(fact: .rpcSystem, attribute: "rpc.system", since: "1.7"),
        Row(fact: .rpcService, attribute: "rpc.service", since: "1.7"),
        Row(fact: .rpcMethod, attribute: "rpc.method", since: "1.7"),

        Row(fact: .httpMethod, attribute: "http.request.method", since: "1.20"),
        Row(fact: .httpMethod, attribute: "http.method", since: "1.7"),
        Row(fact: .httpRoute, attribute: "http.route", since: "1.7"),
        Row(fact: .httpRoute, attribute: "url.template", since: "1.26"),

        Row(fact: .graphqlType, attribute: "graphql.operation.type", since: "1.7"),
        Row(fact: .graphqlName, attribute: "graphql.operation.name", since: "1.7"),

        Row(fact: .peer, attribute: "service.peer.name", since: "1.39"),
        Row(fact: .peer, attribute: "peer.service", since: "1.7"),

        Row(fact: .database, attribute: "db.system.name", since: "1.30"),
        Row(fact: .database, attribute: "db.system", since: "1.7"),

        Row(fact: .serviceName, attribute: "service.name", since: "1.7"),
    ]
}

/// What a row of the table can say.
enum ConventionFact: Int, CaseIterable, Sendable {
    case system, destination, temporary, operation, group, messageID, partition, offset, conversation
    case rpcSystem, rpcService, rpcMethod, httpMethod, httpRoute, graphqlType, graphqlName, peer, database, serviceName
}

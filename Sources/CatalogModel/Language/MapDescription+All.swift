// The catalog language as one table: map, key, type, meaning. The loader, its suggestions and the JSON Schema read it.
// A pure data table: as long as the language is large.

extension MapDescription {
    static let all: [MapKind: MapDescription] = [
        .file: MapDescription(keys: [
            .init(.catalog, .map(.catalog), "The whole system: name, description, owner, links."),
            .init(.conventions, .map(.conventions), "Naming patterns, allowed protocols and brokers, correlation."),
            .init(.lint, .lintSettings, "Severity and options per rule."),
            .init(.brokers, .named(.broker), "Named instances of a messaging system."),
            .init(.services, .named(.service), "What each service calls, publishes and subscribes to."),
            .init(.topics, .named(.topic), "Channels whose every subscriber gets its own copy."),
            .init(.queues, .named(.queue), "Point-to-point channels: one consumer gets each message."),
            .init(.messages, .named(.message), "Message types."),
            .init(.flows, .named(.flow), "Business flows as steps across services."),
        ]),
        .catalog: MapDescription(keys: [
            .init(.name, .text, "What the system is called."),
            .init(.description, .text, "What the system is for."),
            .init(.owner, .text, "Who answers for the catalog."),
            .init(.links, .list(.text), "URLs or local files with more."),
        ]),
        .conventions: MapDescription(keys: [
            .init(.names, .map(.namePatterns), "Regular expressions that whole names must match."),
            .init(.protocols, .list(.choice(protocols)), "The protocols that calls inside the system may use."),
            .init(.brokers, .list(.reference(.broker)), "The brokers or messaging systems that channels may use."),
            .init(.correlation, .map(.correlation), "How spans carry the correlation ID."),
        ]),
        .correlation: MapDescription(keys: [
            .init(.attributes, .list(.text), "Span attributes that carry the correlation ID, strongest first.")
        ]),
        .namePatterns: MapDescription(keys: [
            .init(.channel, .pattern, "The names of topics and queues."),
            .init(.service, .pattern, "The names of services."),
            .init(.message, .pattern, "The names of messages."),
        ]),
        .broker: MapDescription(keys: [
            .init(.system, .choice(systems), required: true, "The messaging system."),
            .init(.url, .text, "Where it is reached."),
            .init(.description, .text, "What it is used for."),
        ]),
        .service: MapDescription(
            keys: documentation + [
                .init(.repository, .text, "Where its source is kept."),
                .init(.kind, .choice(ServiceKind.allCases.map(\.rawValue)), "Its role; `service` unless said."),
                .init(.telemetryNames, .list(.text), "The `service.name` values its spans carry."),
                .init(.replicas, .count(0...1_000_000), "How many run."),
                .init(
                    .discovery, .choice(["dns", "kubernetes", "consul", "eureka", "load-balancer", "static"]),
                    "How callers find it."),
                .init(.calls, .list(.entry(.call)), "Synchronous dependencies."),
                .init(.publishes, .list(.entry(.publication)), "The channels it sends messages to."),
                .init(.subscribes, .list(.entry(.subscription)), "The channels whose messages it handles."),
            ]),
        .call: MapDescription(keys: [
            .init(.service, .reference(.service), required: true, "The called service."),
            .init(.protocol, .choice(protocols), "How it is called."),
            .init(
                .operation, .text,
                "What is called: a method, a path, a query. The call covers other operations of the same two services, too."
            ),
            .init(.purpose, .text, "Why it is called."),
            .init(.needs, .choice(["immediate", "deferred"]), "Whether the result is needed at once."),
            .init(.timeout, .duration, "After how long the caller gives up."),
            .init(.retries, .count(0...1000), "How often the caller tries again."),
            .init(.onFailure, .choice(["fail", "fallback", "circuit-breaker"]), "What the caller does then."),
            .init(.batching, .choice(["dataloader", "none"]), "How a GraphQL resolver avoids N+1 requests."),
        ]),
        .publication: MapDescription(keys: [
            .init(.channel, .reference(.channel), required: true, "The topic or queue."),
            .init(.message, .reference(.message), "The message type, `NAME` or `NAME@VERSION`."),
            .init(.key, .text, "What messages are partitioned or grouped by."),
            .init(.outbox, .flag, "Whether it is sent through a transactional outbox."),
            .init(.awaits, .map(.awaits), "What the publisher waits for afterwards."),
            .init(.when, .text, "When it is sent."),
        ]),
        .awaits: MapDescription(keys: [
            .init(.reply, .reference(.channel), "The channel the reply comes by."),
            .init(.polls, .reference(.service), "The service that is asked until the work is done."),
            .init(.every, .duration, "How often it is asked."),
        ]),
        .subscription: MapDescription(keys: [
            .init(.channel, .reference(.channel), required: true, "The topic or queue."),
            .init(.group, .text, "The consumer group or subscription name."),
            .init(.message, .reference(.message), "The message type, `NAME` or `NAME@VERSION`."),
            .init(.idempotent, .flag, "Whether handling a message twice does no harm."),
            .init(.needs, .needs(.subscriptionNeeds), "What the subscriber cannot do without."),
            .init(.retries, .count(0...1000), "How often a message is tried again."),
            .init(.deadLetter, .reference(.channel), "Where messages go that cannot be handled."),
            .init(.maxDowntime, .duration, "How long the subscriber may be down without losing messages."),
        ]),
        .subscriptionNeeds: MapDescription(keys: [
            .init(.within, .duration, "The deadline from publishing to handled."),
            .init(.ordering, .flag, "Messages come in the order they were sent."),
            .init(.replay, .flag, "Old messages can be read again."),
            .init(.durable, .flag, "Messages outlive a broker's restart and a subscriber's absence."),
        ]),
        .topic: MapDescription(
            keys: channel + [
                .init(.deliversTo, .list(.entry(.route)), "The channels it delivers to.")
            ]),
        .queue: MapDescription(
            keys: channel + [
                .init(.deadLetter, .reference(.channel), "Where messages go that cannot be handled."),
                .init(.maxReceives, .count(1...1_000_000), "How often a message is tried before that."),
                .init(.visibilityTimeout, .duration, "How long a received message is hidden from others."),
            ]),
        .route: MapDescription(keys: [
            .init(.channel, .reference(.channel), required: true, "The channel it delivers to."),
            .init(.filter, .text, "Which messages: a filter policy or a routing key."),
        ]),
        .deprecation: MapDescription(keys: [
            .init(.since, .text, "Since when: a date or a version."),
            .init(.sunset, .date, "When it goes away."),
            .init(.use, .reference(.channel), "What to use instead."),
        ]),
        .message: MapDescription(
            keys: documentation + [
                .init(.version, .text, "The current version."),
                .init(.schema, .text, "The schema file, from the catalog file's folder, or its URL."),
                .init(
                    .compatibility,
                    .choice([
                        "none", "backward", "backward-transitive", "forward", "forward-transitive", "full",
                        "full-transitive",
                    ]),
                    "What a new version promises."),
                .init(.example, .anything, "A message as it may be sent."),
            ]),
        .flow: MapDescription(
            keys: documentation + [
                .init(.style, .choice(Flow.Style.allCases.map(\.rawValue)), "Who directs it."),
                .init(.compensates, .flag, "Whether failures are undone by compensating steps."),
                .init(.orchestrator, .reference(.service), "The service that directs an orchestration."),
                .init(.steps, .list(.step), "What happens, in order."),
            ]),
        .step: MapDescription(keys: [
            .init(.from, .reference(.service), required: true, "The service that acts."),
            .init(.calls, .reference(.service), "The service it calls."),
            .init(.publishes, .reference(.channel), "The channel it publishes to."),
            .init(.handles, .reference(.channel), "The channel whose message it handles."),
            .init(.note, .text, "What a reader should know."),
            .init(.optional, .flag, "Whether the step may be left out."),
        ]),
    ]

    private static let protocols = ["rest", "grpc", "grpc-web", "graphql", "soap", "websocket"]
    private static let systems = MessagingSystem.allCases.map(\.rawValue)

    /// What people write for people; on services, channels, messages and flows.
    private static let documentation: [KeyDescription] = [
        .init(.title, .text, "A name for people."),
        .init(.description, .text, "What it is for."),
        .init(.owner, .text, "The team that answers for it."),
        .init(.domain, .text, "The business domain it belongs to."),
        .init(.tags, .list(.text), "Words to find it by."),
        .init(.links, .list(.text), "URLs or local files with more."),
    ]

    /// What topics and queues have in common.
    private static let channel: [KeyDescription] =
        documentation + [
            .init(.broker, .reference(.broker), "A name in `brokers`, or a messaging system directly."),
            .init(.messages, .list(.reference(.message)), "The message types it carries."),
            .init(.ordering, .choice(["none", "per-key", "total"]), "The order in which messages arrive."),
            .init(
                .delivery, .choice(["at-most-once", "at-least-once", "exactly-once"]), "How often a message arrives."),
            .init(.retention, .duration, "How long messages are kept."),
            .init(.partitions, .count(1...10_000_000), "How many partitions or shards."),
            .init(.fifo, .flag, "Whether it is a FIFO topic or queue."),
            .init(.deprecated, .map(.deprecation), "Since when, until when, and what to use instead."),
            .init(.telemetryNames, .list(.text), "The destination names its spans carry."),
            .init(
                .needs,
                .list(
                    .choice(["fan-out", "replay", "ordering", "durable", "audit", "event-sourcing", "throughput"])),
                "What the design needs of it."),
        ]
}

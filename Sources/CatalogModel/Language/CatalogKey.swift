/// Every fixed key of the catalog language, so that a misspelt one cannot compile.
public enum CatalogKey: String, Sendable, CaseIterable {
    case attributes, awaits, batching, broker, brokers, calls, catalog, channel, compatibility, compensates
    case conventions, correlation, deadLetter = "dead-letter", deliversTo = "delivers-to", delivery, deprecated
    case description, discovery, domain, durable, every, example, fifo, filter, flows, from, group, handles, idempotent
    case key, kind, links, lint, maxDowntime = "max-downtime", maxReceives = "max-receives", message, messages, name
    case names, needs, note, onFailure = "on-failure", operation, optional, orchestrator, ordering, outbox, owner
    case partitions, polls, `protocol`, protocols, publishes, purpose, queues, replay, replicas, reply, repository
    case retention, retries, schema, service, services, since, steps, style, subscribes, sunset, system, tags
    case telemetryNames = "telemetry-names", timeout, title, topics, url, use, version
    case visibilityTimeout = "visibility-timeout", when, within

    /// The key of that spelling; nil where the language has none.
    static func named(_ text: String) -> CatalogKey? { byName[text] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

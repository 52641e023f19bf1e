public import OTLPCoding
public import TraceModel

/// What one service sends.
public struct ServiceEvidence: Sendable, Equatable {
    public var spans = 0
    /// Nanoseconds since the Unix epoch.
    public var firstSeen: UInt64 = 0
    public var lastSeen: UInt64 = 0
    public var kinds: [SpanKind: Int] = [:]
    public var roles: [SpanRole: Int] = [:]
    /// Instrumentation scopes with their versions.
    public var scopes: [String: Int] = [:]
    /// Messaging systems and protocols.
    public var systems: [String: Int] = [:]
    /// Versions of the semantic conventions that its messaging, RPC and HTTP attributes belong to, in words.
    public var generations: [String: Int] = [:]
    /// Spans whose trace state or attributes say that only a share of all spans is sent.
    public var sampled = 0
    /// Producer and consumer spans without any messaging attribute.
    public var bare = 0
    /// Database spans that move messages, and so name no channel.
    public var databaseMessaging = 0
    /// SQS receives as plain client calls.
    public var clientFetches = 0
    /// Messaging spans that name no channel.
    public var withoutChannel = 0
    /// Spans of a resource without `service.name`.
    public var unnamed = 0
    /// Spans that end before they start.
    public var backwards = 0
    /// Spans that name a parent, and how many of those parents never came.
    public var children = 0
    public var orphans = 0
    /// Messages that it published, and those of them that a delivery leads back to.
    public var published = 0
    public var publishedAndHandled = 0
    /// Of the others, those that lie in a dead-letter channel, as it is meant to be, by its name in the catalog.
    public var deadLetters: [String: Int] = [:]
    /// Messages that it handled, redeliveries included; those that lead to their publisher, and by what evidence.
    public var consumed = 0
    public var joined = 0
    public var joinedBy: [JoinEvidence: Int] = [:]
    /// Messages of this service that were handled before they were published, by the clocks of the two; and the
    /// largest difference in nanoseconds.
    public var negativeWaits = 0
    public var largestSkew: UInt64 = 0

    public init() {}

    /// Messages that it published for somebody to handle.
    public var publishedToBeHandled: Int { published - deadLetters.values.reduce(0, +) }

    /// Whether the service seems to send only a share of its spans: its own word for it.
    public var isSampled: Bool { sampled > 0 }

    mutating func note(_ sighting: Sighting, _ traits: SpanTraits) {
        spans += 1
        firstSeen = firstSeen == 0 ? sighting.start : min(firstSeen, sighting.start)
        lastSeen = max(lastSeen, sighting.end, sighting.start)
        kinds[traits.kind, default: 0] += 1
        roles[traits.role, default: 0] += 1
        if scopes.count < 200 || scopes[traits.scope] != nil { scopes[traits.scope, default: 0] += 1 }
        if !traits.system.isEmpty, systems.count < 200 || systems[traits.system] != nil {
            systems[traits.system, default: 0] += 1
        }
        if traits.generation != .none { generations[traits.generation.description, default: 0] += 1 }
        if traits.signs.contains(.isSampled) { sampled += 1 }
        if traits.signs.contains(.isBare) { bare += 1 }
        if traits.signs.contains(.isDatabaseMessaging) { databaseMessaging += 1 }
        if traits.signs.contains(.isClientFetch) { clientFetches += 1 }
        if traits.signs.contains(.hasNoChannel) { withoutChannel += 1 }
        if traits.signs.contains(.isUnnamed) { unnamed += 1 }
        if traits.signs.contains(.runsBackwards) { backwards += 1 }
    }
}

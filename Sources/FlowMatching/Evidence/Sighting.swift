import OTLPCoding
import TraceModel

/// One span as evidence needs it: who, when, its part in the event flow, and what it has in common with many others.
struct Sighting: Sendable {
    var key: SpanKey
    /// Zero for a root.
    var parent: SpanID
    /// Nanoseconds since the Unix epoch.
    var start: UInt64
    var end: UInt64
    var isError: Bool
    /// The service, as a number of the collector's name table; in the catalog's name.
    var service: Int32
    /// Which of the collector's traits the span has.
    var traits: Int32
    /// What joining needs; nil for a span that takes no part in the event flow.
    var fact: SpanFact?
    /// The hash of the address that a call went to, query included; zero where the span does not say.
    var target: UInt64

    var role: SpanRole { fact?.reading.role ?? .other }
    var parentKey: SpanKey { SpanKey(trace: key.trace, span: parent) }
    /// Nanoseconds; zero where the clock ran backwards.
    var duration: UInt64 { end > start ? end - start : 0 }
}

/// What many spans of a service have in common: few values for a whole system, so that they are kept once.
struct SpanTraits: Sendable, Hashable {
    /// In the catalog's name.
    var service: String
    /// The instrumentation scope, and its version where it has one: `opentelemetry.instrumentation.pika 0.66b1`.
    var scope: String
    var kind: SpanKind
    var role: SpanRole
    /// The messaging system or protocol.
    var system: String
    var signs: SpanSigns
    /// Which versions of the semantic conventions have all the attribute names that the span carries.
    var generation: ConventionGeneration
}

/// Things about a span that explain why an edge is missing, or why absence proves little.
struct SpanSigns: OptionSet, Sendable, Hashable {
    let rawValue: UInt16

    /// The trace state or an attribute says that spans are sampled.
    static let isSampled = SpanSigns(rawValue: 1)
    /// A producer or consumer without any messaging attribute.
    static let isBare = SpanSigns(rawValue: 2)
    /// A database span that publishes or takes messages (Redis `PUBLISH`, `XADD`, `XREADGROUP` …).
    static let isDatabaseMessaging = SpanSigns(rawValue: 4)
    /// Fetches from SQS as a plain AWS call, not as a consumer.
    static let isClientFetch = SpanSigns(rawValue: 8)
    /// A messaging span that names no channel.
    static let hasNoChannel = SpanSigns(rawValue: 16)
    /// The resource has no `service.name`.
    static let isUnnamed = SpanSigns(rawValue: 32)
    /// Ends before it starts.
    static let runsBackwards = SpanSigns(rawValue: 64)
}

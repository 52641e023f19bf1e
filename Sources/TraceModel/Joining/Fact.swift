import OTLPCoding

/// A span's fact inside a joiner: numbers for strings, and where the joiner has put it.
struct Fact: Sendable {
    let key: SpanKey
    let parentKey: SpanKey
    let role: SpanRole
    let isError: Bool
    let isTemporary: Bool
    let carriesMessage: Bool
    let service: UInt32
    let scope: UInt32
    let system: UInt32
    let channel: UInt32
    let group: UInt32
    let operation: UInt32
    let peer: UInt32
    let start: UInt64
    let end: UInt64
    let links: [SpanKey]
    /// The message id's hash, or zero.
    let message: UInt64
    /// The ids that can tie the span to others, strongest evidence first.
    let keys: [(evidence: JoinEvidence, key: JoinKey)]

    /// Producers and call sides: their unit.
    var unit = -1
    /// Consumers: the units that they are deliveries of.
    var attachments: [Attachment] = []

    init(_ fact: SpanFact, _ symbols: inout SymbolTable, routes: ChannelRoutes) {
        let reading = fact.reading
        key = fact.key
        parentKey = SpanKey(trace: fact.key.trace, span: fact.parent)
        role = reading.role
        isError = fact.isError
        isTemporary = reading.isTemporary
        carriesMessage = reading.carriesMessage
        service = symbols.number(of: fact.service)
        scope = symbols.number(of: fact.scope)
        system = symbols.number(of: reading.system)
        channel = symbols.number(of: reading.channel)
        group = symbols.number(of: reading.group)
        operation = symbols.number(of: reading.operation)
        peer = symbols.number(of: reading.peer)
        start = fact.start
        end = fact.end
        links = fact.links
        message = reading.messageID.isEmpty ? 0 : JoinKey("message", reading.messageID).bits
        keys = Self.keys(of: reading, routes: routes)
    }

    /// A publisher's ids hold on the channel that it names; a consumer's on its own channel and on every channel that
    /// delivers to it. A receive that shows no message has none: it may be an empty poll.
    private static func keys(
        of reading: SpanReading, routes: ChannelRoutes
    ) -> [(evidence: JoinEvidence, key: JoinKey)] {
        guard reading.role == .publish || reading.role == .process || reading.carriesMessage else { return [] }
        guard reading.role == .publish || reading.role.consumes, !reading.channel.isEmpty else { return [] }
        let channels = [reading.channel] + (reading.role == .publish ? [] : routes.sources(of: reading.channel))
        var keys: [(evidence: JoinEvidence, key: JoinKey)] = []
        if !reading.messageID.isEmpty {
            let evidence = reading.isMessageIDOffset ? JoinEvidence.offset : .messageID
            keys += channels.map { (evidence, JoinKey("id", $0, reading.messageID)) }
        }
        if !reading.correlationID.isEmpty {
            keys += channels.map { (.correlationID, JoinKey("correlation", $0, reading.correlationID)) }
        }
        return keys
    }

    /// The spans that this one names, each once.
    var references: [SpanKey] {
        var references = links
        if !parentKey.span.isZero, !references.contains(parentKey) { references.append(parentKey) }
        return references
    }

    /// The same fact before any joiner put it anywhere.
    var unplaced: Fact {
        var fact = self
        fact.unit = -1
        fact.attachments = []
        return fact
    }

    var allUnits: [Int] { unit >= 0 ? [unit] : attachments.map(\.unit) }

    /// Nanoseconds from start to end; zero where the clock ran backwards.
    var duration: UInt64 { end > start ? end - start : 0 }
}

/// That a consumer is a delivery of a unit's message, and what says so; nil where the publisher is unknown.
struct Attachment: Sendable, Hashable {
    var unit: Int
    var evidence: JoinEvidence?
}

/// A consumer span within a message unit.
struct Delivery: Sendable {
    var consumer: Int
    var evidence: JoinEvidence?
}

/// One message, or one side of a call.
struct Unit: Sendable {
    var producers: [Int] = []
    var deliveries: [Delivery] = []
    /// The server or client span of a call.
    var call: Int?
    var isTouched = false

    var members: [Int] { producers + deliveries.map(\.consumer) + (call.map { [$0] } ?? []) }
}

import OTLPCoding

/// A span's fact inside a joiner: numbers for strings, and where the joiner has put it.
struct Fact: Sendable {
    let key: SpanKey
    /// Zero for a root.
    let parent: SpanID
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
    /// The correlation ID's hash, or zero.
    let correlation: UInt64
    /// The message id was made from partition and offset.
    let isMessageOffset: Bool
    /// How many messages the span says it sends; zero where it does not say.
    let batch: Int32

    /// Producers and call sides: their unit.
    var unit = -1
    /// Consumers: the units that they are deliveries of.
    var attachments: [Attachment] = []

    /// - Parameter fact: Borrowed, for a copy of it counts a reference to each of its texts.
    init(_ fact: borrowing SpanFact, _ symbols: inout SymbolTable) {
        key = fact.key
        parent = fact.parent
        role = fact.reading.role
        isError = fact.isError
        isTemporary = fact.reading.isTemporary
        carriesMessage = fact.reading.carriesMessage
        service = symbols.number(of: fact.service)
        scope = symbols.number(of: fact.scope)
        system = symbols.number(of: fact.reading.system)
        channel = symbols.number(of: fact.reading.channel)
        group = symbols.number(of: fact.reading.group)
        operation = symbols.number(of: fact.reading.operation)
        peer = symbols.number(of: fact.reading.peer)
        start = fact.start
        end = fact.end
        links = fact.links
        message = fact.reading.messageID.isEmpty ? 0 : JoinKey("message", fact.reading.messageID).bits
        correlation =
            fact.reading.correlationID.isEmpty ? 0 : JoinKey("correlation", fact.reading.correlationID).bits
        isMessageOffset = fact.reading.isMessageIDOffset
        batch = Int32(clamping: fact.reading.batchCount)
    }

    var parentKey: SpanKey { SpanKey(trace: key.trace, span: parent) }

    /// The parent, where no link names it too: with the links, the spans that this one names.
    var unlinkedParent: SpanKey? { parent.isZero || links.contains(parentKey) ? nil : parentKey }

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

    /// Beyond so many deliveries of one message they are counted together instead of one by one, so that what many
    /// spans name (a job that all of them link to) does not make every commit slow.
    static let maximumDeliveries = 10_000

    /// Takes a consumer's delivery out. The order of deliveries means nothing; the newest is found at once.
    mutating func remove(_ consumer: Int) {
        guard let index = deliveries.lastIndex(where: { $0.consumer == consumer }) else { return }
        deliveries.swapAt(index, deliveries.count - 1)
        deliveries.removeLast()
    }

    var members: [Int] { producers + deliveries.map(\.consumer) + (call.map { [$0] } ?? []) }
}

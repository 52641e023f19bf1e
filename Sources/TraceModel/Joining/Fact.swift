import OTLPCoding

/// A span's fact inside a joiner: numbers for strings, and where the joiner has put it. It refers to nothing, so that
/// copies of it, of which joining makes many, count no references.
struct Fact: Sendable {
    let key: SpanKey
    /// Zero for a root.
    let parent: SpanID
    let role: SpanRole
    let isError: Bool
    let isTemporary: Bool
    let carriesMessage: Bool
    private(set) var service: UInt32
    private(set) var scope: UInt32
    private(set) var system: UInt32
    private(set) var channel: UInt32
    private(set) var group: UInt32
    private(set) var operation: UInt32
    private(set) var peer: UInt32
    let start: UInt64
    let end: UInt64
    /// The message id's hash, or zero.
    let message: UInt64
    /// The correlation ID's hash, or zero.
    let correlation: UInt64
    /// The message id was made from partition and offset.
    let isMessageOffset: Bool
    /// How many messages the span says it sends; zero where it does not say.
    let batch: Int32

    /// Where its links are among those of all facts.
    var links: Range<Int32>
    /// Producers and call sides: their unit. Consumers have attachments instead.
    var unit = -1

    /// - Parameter fact: Borrowed, for a copy of it counts a reference to each of its texts.
    init(_ fact: borrowing SpanFact, links: Range<Int32>, _ names: inout FactNames) {
        self.links = links
        key = fact.key
        parent = fact.parent
        role = fact.reading.role
        isError = fact.isError
        isTemporary = fact.reading.isTemporary
        carriesMessage = fact.reading.carriesMessage
        service = names.number(of: fact.service, in: .service)
        scope = names.number(of: fact.scope, in: .scope)
        system = names.number(of: fact.reading.system, in: .system)
        channel = names.number(of: fact.reading.channel, in: .channel)
        group = names.number(of: fact.reading.group, in: .group)
        operation = names.number(of: fact.reading.operation, in: .operation)
        peer = names.number(of: fact.reading.peer, in: .peer)
        start = fact.start
        end = fact.end
        message = fact.reading.messageID.isEmpty ? 0 : JoinKey("message", fact.reading.messageID).bits
        correlation =
            fact.reading.correlationID.isEmpty ? 0 : JoinKey("correlation", fact.reading.correlationID).bits
        isMessageOffset = fact.reading.isMessageIDOffset
        batch = Int32(clamping: fact.reading.batchCount)
    }

    /// The same fact with the numbers of another table for its names.
    func renamed(_ number: (UInt32) -> UInt32) -> Fact {
        var fact = self
        (fact.service, fact.scope, fact.system) = (number(service), number(scope), number(system))
        (fact.channel, fact.group) = (number(channel), number(group))
        (fact.operation, fact.peer) = (number(operation), number(peer))
        return fact
    }

    var parentKey: SpanKey { SpanKey(trace: key.trace, span: parent) }

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

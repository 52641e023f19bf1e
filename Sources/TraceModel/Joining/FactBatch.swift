/// The facts of one request, ready to be joined: numbers for names, hashes for ids.
///
/// Made on the thread that brought the request, so that little is left to do for the one thread that joins.
public struct FactBatch: Sendable {
    /// Their names are numbers of `names`, their links a range of `links`.
    private(set) var facts: [Fact] = []
    private(set) var links: [SpanKey] = []
    private(set) var names = FactNames()

    public init() {}

    public init(_ spanFacts: [SpanFact]) {
        facts.reserveCapacity(spanFacts.count)
        for index in spanFacts.indices { add(spanFacts[index]) }
    }

    public var count: Int { facts.count }

    /// The keys of the message ids that the facts carry.
    public var messages: [JoinKey] { facts.compactMap { $0.message == 0 ? nil : JoinKey(bits: $0.message) } }

    /// Leaves out what takes no part in the event flow.
    mutating func add(_ spanFact: borrowing SpanFact) {
        guard spanFact.reading.role != .other else { return }
        let first = Int32(links.count)
        links += spanFact.links
        facts.append(Fact(spanFact, links: first..<Int32(links.count), &names))
    }
}

/// The names in a request's facts, each once.
struct FactNames: Sendable {
    /// What a name is of. Facts that follow each other mostly have the same name in a column.
    enum Column: Int, CaseIterable {
        case service, scope, system, channel, group, operation, peer
    }

    private(set) var texts = [""]
    private var numbers: [String: UInt32] = [:]
    /// For each column, the number that was given last.
    private var last = Array(repeating: UInt32(0), count: Column.allCases.count)

    /// Zero for no name.
    mutating func number(of text: String, in column: Column) -> UInt32 {
        if text.isEmpty { return 0 }
        let recent = last[column.rawValue]
        if texts[Int(recent)] == text { return recent }
        let number = numbers[text] ?? UInt32(texts.count)
        if number == texts.count {
            numbers[text] = number
            texts.append(text)
        }
        last[column.rawValue] = number
        return number
    }
}

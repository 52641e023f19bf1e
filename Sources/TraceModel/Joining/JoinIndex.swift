/// Which facts are which spans, name which spans, and carry which ids. It knows keys only: that a fact is of the very
/// span that is looked for, its joiner checks.
struct JoinIndex: Sendable {
    /// A span that is known, or that a fact names as its parent or link.
    private struct MentionedSpan {
        var fact: Int32 = -1
        /// The facts that name it.
        var newestReferrer: Int32 = -1
    }

    /// The facts that carry an id on a channel.
    private struct Carriers {
        var newestProducer: Int32 = -1
        var producers: Int32 = 0
        var newestConsumer: Int32 = -1
    }

    private var spans = KeyTable(new: MentionedSpan())
    private var carriers = KeyTable(new: Carriers())
    private var lists = FactLists()

    // MARK: - Looking up

    func fact(under span: JoinKey) -> Int? {
        guard let place = spans.find(span.bits), spans[place].fact >= 0 else { return nil }
        return Int(spans[place].fact)
    }

    /// The facts that name a span as their parent or link, newest first.
    func referrers(under span: JoinKey) -> [Int] {
        spans.find(span.bits).map { lists.facts(from: spans[$0].newestReferrer) } ?? []
    }

    /// Whether a fact that names the span as its parent or link is such.
    func isReferred(_ span: JoinKey, byAny isSuch: (Int) -> Bool) -> Bool {
        spans.find(span.bits).map { lists.contains(from: spans[$0].newestReferrer, where: isSuch) } ?? false
    }

    /// The producers that carry an id, newest first.
    func producers(under id: JoinKey) -> [Int] {
        carriers.find(id.bits).map { lists.facts(from: carriers[$0].newestProducer) } ?? []
    }

    func producerCount(under id: JoinKey) -> Int { carriers.find(id.bits).map { Int(carriers[$0].producers) } ?? 0 }

    /// The consumers that carry an id, newest first.
    func consumers(under id: JoinKey) -> [Int] {
        carriers.find(id.bits).map { lists.facts(from: carriers[$0].newestConsumer) } ?? []
    }

    // MARK: - Putting in

    mutating func set(_ fact: Int, under span: JoinKey) { spans[spans.place(of: span.bits)].fact = Int32(fact) }

    mutating func add(referrer fact: Int, of span: JoinKey) {
        let place = spans.place(of: span.bits)
        lists.add(fact, to: &spans[place].newestReferrer)
    }

    mutating func add(producer fact: Int, of id: JoinKey) {
        let place = carriers.place(of: id.bits)
        carriers[place].producers += 1
        lists.add(fact, to: &carriers[place].newestProducer)
    }

    mutating func add(consumer fact: Int, of id: JoinKey) {
        let place = carriers.place(of: id.bits)
        lists.add(fact, to: &carriers[place].newestConsumer)
    }
}

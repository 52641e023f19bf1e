import OTLPCoding

/// Joins consumers to their producers and callees to their callers.
///
/// What a joiner says depends only on the *set* of facts that it was given, never on their order: a fact given twice
/// counts once, and a fact that comes late corrects what was said before it. Each `add` returns the difference it
/// makes, as hops taken back and hops added.
///
/// Facts form *units*. A message unit is one published message: its producer spans (instrumentations nest two or three
/// for one publish) and every consumer span that evidence ties to it. Consumer spans whose producer is unknown form
/// units of their own. A call unit is one side of a call: the served side speaks for both, the calling side only where
/// no served side is known. Before a fact changes a unit, the unit's hops are noted; afterwards they are worked out
/// again, and the difference is what changed.
public struct Joiner: Sendable {
    var facts: [Fact] = []
    /// The links of all facts (`Fact.links`).
    private var links: [SpanKey] = []
    /// For each fact that consumes, the units that it is a delivery of.
    private(set) var attachments: [[Attachment]] = []
    var units: [Unit] = []
    var symbols = SymbolTable()
    private var index = JoinIndex()
    /// For each channel the channels that deliver to it.
    var routeSources: [UInt32: [UInt32]] = [:]
    /// Units of consumers whose producer is unknown, by what says that their message is the same.
    private var unpublishedUnits = KeyTable(new: -1)
    let routes: ChannelRoutes
    let capacity: Int
    /// The joiner that takes this one's place, while it is being filled.
    var succession: Succession?
    /// Which spans were known and are forgotten.
    var ledger = SpanLedger()
    /// False for a successor that is being filled: nobody asks what that changes.
    private var notesChanges = true
    /// Units changed by the current `add`, with the hops that they had before.
    private var touched: [(unit: Int, before: [JoinedHop])] = []

    /// - Parameters:
    ///   - routes: Which channels deliver to which, as far as the catalog says.
    ///   - capacity: How many facts to keep. Beyond it the older half is forgotten: what was said of it stays said, and
    ///     its spans are still not counted again (`SpanLedger`).
    public init(routes: ChannelRoutes = ChannelRoutes(), capacity: Int = 1_000_000) {
        self.routes = routes
        self.capacity = max(2, capacity)
        if capacity < .max { makeRoom(for: capacity) }
    }

    /// What is not used of it takes no memory, and doubling tens of megabytes would make one commit slow.
    private mutating func makeRoom(for capacity: Int) {
        facts.reserveCapacity(capacity + capacity / 2)
        attachments.reserveCapacity(capacity + capacity / 2)
        units.reserveCapacity(capacity + capacity / 2)
    }

    /// Takes facts in any order, and says what they change.
    public mutating func add(_ newFacts: [SpanFact]) -> JoinChanges { add([FactBatch(newFacts)]) }

    /// Takes the facts of several requests at once.
    public mutating func add(_ batches: [FactBatch]) -> JoinChanges {
        let givenUp = takeSuccession()
        let known = facts.count
        for batch in batches { add(batch) }
        var changes = settle()
        changes.givenUp = givenUp
        continueSuccession(newSince: known)
        return changes
    }

    /// Spans that were counted before this joiner began: they are not to be counted again.
    public mutating func noteCounted(_ spans: some Sequence<SpanKey>) {
        for span in spans { ledger.insert(JoinKey(span).bits) }
    }

    /// Every hop that the facts so far make, unit by unit.
    public var hops: [JoinedHop] { units.indices.flatMap { hops(of: $0) } }

    /// Which span a hop's end is.
    public func span(ofFact fact: Int32) -> SpanKey? { fact < 0 ? nil : facts[Int(fact)].key }

    /// The edge that a hop adds to.
    public func edge(of hop: JoinedHop) -> EdgeKey {
        EdgeKey(
            kind: hop.edge.kind, from: symbols.text(of: hop.edge.from), to: symbols.text(of: hop.edge.to),
            system: symbols.text(of: hop.edge.system), detail: symbols.text(of: hop.edge.detail),
            isTemporary: hop.edge.isTemporary)
    }

    // MARK: - Looking up

    /// The fact of a span, where it is known.
    func fact(of span: SpanKey) -> Int? {
        guard let fact = index.fact(under: JoinKey(span)), facts[fact].key == span else { return nil }
        return fact
    }

    /// The spans that a fact links to, in the order sent.
    func links(of fact: Fact) -> ArraySlice<SpanKey> { links[Int(fact.links.lowerBound)..<Int(fact.links.upperBound)] }

    /// The units that a fact is in.
    func units(of index: Int) -> [Int] {
        facts[index].unit >= 0 ? [facts[index].unit] : attachments[index].map(\.unit)
    }

    /// Whether a fact that names the span as its parent or link is such.
    func isReferred(_ span: SpanKey, byAny isSuch: (Int) -> Bool) -> Bool {
        index.isReferred(JoinKey(span), byAny: isSuch)
    }

    func producers(under key: JoinKey) -> [Int] { index.producers(under: key) }

    /// The ids that can tie a fact to others, strongest evidence first.
    ///
    /// A publisher's ids hold on the channel that it names; a consumer's on its own channel and on every channel that
    /// delivers to it. A receive that shows no message has none: it may be an empty poll.
    func keys(of fact: Fact) -> [(evidence: JoinEvidence, key: JoinKey)] {
        guard fact.message | fact.correlation != 0, fact.channel != 0 else { return [] }
        guard fact.role == .publish || fact.role == .process || fact.carriesMessage else { return [] }
        let sources = fact.role == .publish ? [] : routeSources[fact.channel] ?? []
        var keys: [(evidence: JoinEvidence, key: JoinKey)] = []
        keys.reserveCapacity(2 * (1 + sources.count))
        func add(_ evidence: JoinEvidence, _ kind: UInt64, _ id: UInt64) {
            keys.append((evidence, JoinKey(kind, fact.channel, id)))
            for channel in sources { keys.append((evidence, JoinKey(kind, channel, id))) }
        }
        if fact.message != 0 { add(fact.isMessageOffset ? .offset : .messageID, Self.messageKind, fact.message) }
        if fact.correlation != 0 { add(.correlationID, Self.correlationKind, fact.correlation) }
        return keys
    }

    private static let messageKind: UInt64 = 1
    private static let correlationKind: UInt64 = 2

    // MARK: - One fact

    private mutating func add(_ batch: FactBatch) {
        let numbers = batch.names.texts.map { symbols.number(of: $0) }
        for new in batch.facts {
            let key = JoinKey(new.key)
            guard index.fact(under: key) == nil, !ledger.contains(key.bits) else { continue }
            let fact = new.renamed { numbers[Int($0)] }
            if fact.channel != 0, routeSources[fact.channel] == nil {
                let sources = routes.sources(of: symbols.text(of: fact.channel))
                routeSources[fact.channel] = sources.map { symbols.number(of: $0) }
            }
            insert(fact, links: batch.links[Int(new.links.lowerBound)..<Int(new.links.upperBound)])
        }
    }

    /// Takes a fact that is in no unit yet.
    mutating func insert(_ fact: Fact, links: ArraySlice<SpanKey>) {
        let new = facts.count
        let key = JoinKey(fact.key)
        let referring = index.referrers(under: key)
        touchDependents(of: fact, referring)
        facts.append(fact)
        facts[new].links = Int32(self.links.count)..<Int32(self.links.count + links.count)
        self.links += links
        attachments.append([])
        index.set(new, under: key)
        for link in links { index.add(referrer: new, of: JoinKey(link)) }
        if !fact.parent.isZero, !links.contains(fact.parentKey) {
            index.add(referrer: new, of: JoinKey(fact.parentKey))
        }
        switch fact.role {
        case .publish: addProducer(new)
        case .receive, .process: addConsumer(new)
        case .server, .client:
            facts[new].unit = newUnit()
            units[facts[new].unit].call = new
        case .other: break
        }
        for referrer in referring {
            if facts[referrer].role.consumes {
                attach(referrer)
            } else if isNested(referrer, in: new) {
                unite(facts[new].unit, facts[referrer].unit)
            }
        }
    }

    /// A call's hop depends on whether its other side is known, so a new side touches what is there of the call; and
    /// what a batch publishes depends on which of its messages have spans of their own.
    private mutating func touchDependents(of new: Fact, _ referring: [Int]) {
        for referrer in referring {
            let role = facts[referrer].role
            if role == .server || role == .publish && new.role == .publish { touch(facts[referrer].unit) }
        }
        if new.role == .server, let caller = fact(of: new.parentKey), facts[caller].role == .client {
            touch(facts[caller].unit)
        }
    }

    private mutating func addProducer(_ producer: Int) {
        facts[producer].unit = newUnit()
        units[facts[producer].unit].producers = [producer]
        if let parent = fact(of: facts[producer].parentKey), isNested(producer, in: parent) {
            unite(facts[parent].unit, facts[producer].unit)
        }
        uniteLayers(of: producer)
        let new = facts[producer]
        for (_, key) in keys(of: new) {
            index.add(producer: producer, of: key)
            // One over the limit changes what consumers make of the key; from there on nothing does.
            guard index.producerCount(under: key) <= Self.crowd + 1 else { continue }
            for consumer in index.consumers(under: key) { attach(consumer) }
        }
    }

    /// Ids that more publishes carry than this identify no message.
    private static let crowd = 64

    func isCrowded(_ key: JoinKey) -> Bool { index.producerCount(under: key) > Self.crowd }

    /// Two instrumentations may tell of one publish beside each other instead of one inside the other: the same message
    /// id, the one within the time of the other.
    private mutating func uniteLayers(of producer: Int) {
        let fact = facts[producer]
        guard fact.message != 0, fact.channel != 0, !fact.isMessageOffset else { return }
        let key = JoinKey(Self.messageKind, fact.channel, fact.message)
        guard index.producerCount(under: key) < 1_000 else { return }
        for other in index.producers(under: key) where !facts[other].isMessageOffset {
            let (left, right) = (facts[other], fact)
            let isWithin =
                left.start <= right.start && right.end <= left.end || right.start <= left.start && left.end <= right.end
            if isWithin, left.scope != right.scope, left.service == right.service {
                unite(facts[other].unit, facts[producer].unit)
            }
        }
    }

    private mutating func addConsumer(_ consumer: Int) {
        let new = facts[consumer]
        for (_, key) in keys(of: new) { index.add(consumer: consumer, of: key) }
        attach(consumer)
    }

    /// Whether a producer span is a layer of the publish that its parent began.
    private func isNested(_ inner: Int, in outer: Int) -> Bool {
        let inner = facts[inner]
        let outer = facts[outer]
        return inner.role == .publish && outer.role == .publish && inner.parentKey == outer.key
            && inner.service == outer.service
            && (inner.system == outer.system || inner.system == 0 || outer.system == 0)
            && (inner.channel == outer.channel || inner.channel == 0 || outer.channel == 0)
    }

    // MARK: - Units

    private mutating func newUnit() -> Int {
        units.append(Unit())
        touch(units.count - 1)
        return units.count - 1
    }

    /// Notes what a unit says before it changes.
    private mutating func touch(_ unit: Int) {
        guard notesChanges, !units[unit].isTouched else { return }
        touched.append((unit, hops(of: unit)))
        units[unit].isTouched = true
    }

    private mutating func settle() -> JoinChanges {
        var changes = JoinChanges()
        for (unit, before) in touched {
            units[unit].isTouched = false
            if before.isEmpty {
                appendHops(of: unit, to: &changes.added)
            } else {
                let after = hops(of: unit)
                if before != after { changes.note(before: before, after: after) }
            }
        }
        touched.removeAll(keepingCapacity: true)
        return changes
    }

    private mutating func unite(_ first: Int, _ second: Int) {
        guard first != second else { return }
        touch(first)
        touch(second)
        for producer in units[second].producers { facts[producer].unit = first }
        units[first].producers += units[second].producers
        let moved = units[second].producers
        units[second].producers = []
        for delivery in units[second].deliveries { attach(delivery.consumer) }
        for producer in moved {
            for (_, key) in keys(of: facts[producer]) where !isCrowded(key) {
                for consumer in index.consumers(under: key) { attach(consumer) }
            }
        }
    }

    /// Works out which units a consumer belongs to, and moves it there.
    private mutating func attach(_ consumer: Int) {
        var wanted: [Attachment] = []
        for target in targets(of: consumer) {
            let attachment: Attachment
            switch target {
            case .published(let unit, let evidence): attachment = Attachment(unit: unit, evidence: evidence)
            case .unpublished(let key): attachment = Attachment(unit: unpublishedUnit(key), evidence: nil)
            }
            wanted.append(attachment)
        }
        guard wanted != attachments[consumer] else { return }
        for attachment in attachments[consumer] {
            touch(attachment.unit)
            units[attachment.unit].remove(consumer)
        }
        for attachment in wanted {
            touch(attachment.unit)
            units[attachment.unit].deliveries.append(Delivery(consumer: consumer, evidence: attachment.evidence))
        }
        attachments[consumer] = wanted
        let key = facts[consumer].key
        for child in index.referrers(under: JoinKey(key))
        where facts[child].role.consumes && facts[child].parentKey == key {
            if child != consumer { attach(child) }
        }
    }

    private mutating func unpublishedUnit(_ key: JoinKey) -> Int {
        let place = unpublishedUnits.place(of: key.bits)
        if unpublishedUnits[place] < 0 { unpublishedUnits[place] = newUnit() }
        return unpublishedUnits[place]
    }

    // MARK: - Succession

    /// Takes over what another joiner knows; names and routes stay.
    mutating func take(_ other: Joiner) {
        (facts, links, attachments, units) = (other.facts, other.links, other.attachments, other.units)
        index = other.index
        unpublishedUnits = other.unpublishedUnits
    }

    /// An empty joiner for facts of this one, to be taken.
    var emptyCopy: Joiner {
        var copy = Joiner(routes: routes, capacity: .max)
        copy.makeRoom(for: capacity)
        copy.routeSources = routeSources
        copy.notesChanges = false
        return copy
    }
}

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
    var units: [Unit] = []
    var symbols = SymbolTable()
    private var factOfSpan: [UInt64: Int32] = [:]
    /// Facts that name a span as their parent or link, whether that span is known or not.
    private var referrers = FactIndex()
    /// Producers and consumers by the ids that they carry.
    private var producers = FactIndex()
    private var consumers = FactIndex()
    /// Producers by channel and message id, from whatever instrumentation.
    private var layers = FactIndex()
    /// For each channel the channels that deliver to it.
    var routeSources: [UInt32: [UInt32]] = [:]
    /// Units of consumers whose producer is unknown, by what says that their message is the same.
    private var unpublishedUnits: [JoinKey: Int] = [:]
    let routes: ChannelRoutes
    let capacity: Int
    /// The joiner that takes this one's place, while it is being filled.
    var succession: Succession?
    /// Which spans were known and are forgotten.
    var ledger = SpanLedger()
    /// Units changed by the current `add`, with the hops that they had before.
    private var touched: [(unit: Int, before: [JoinedHop])] = []

    /// - Parameters:
    ///   - routes: Which channels deliver to which, as far as the catalog says.
    ///   - capacity: How many facts to keep. Beyond it the older half is forgotten: what was said of it stays said, and
    ///     its spans are still not counted again (`SpanLedger`).
    public init(routes: ChannelRoutes = ChannelRoutes(), capacity: Int = 1_000_000) {
        self.routes = routes
        self.capacity = max(2, capacity)
    }

    /// Takes facts in any order, and says what they change.
    public mutating func add(_ newFacts: [SpanFact]) -> JoinChanges { add(requests: [newFacts]) }

    /// Takes the facts of several requests at once.
    public mutating func add(requests: [[SpanFact]]) -> JoinChanges {
        let givenUp = takeSuccession()
        let known = facts.count
        for facts in requests {
            for index in facts.indices { add(facts[index]) }
        }
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
        guard let fact = factOfSpan[JoinKey(span).bits], facts[Int(fact)].key == span else { return nil }
        return Int(fact)
    }

    /// The facts that name a span as their parent or link.
    func referrers(of span: SpanKey) -> [Int] { referrers.facts(under: JoinKey(span)) }

    func producers(under key: JoinKey) -> [Int] { producers.facts(under: key) }

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
        if fact.message != 0 { add(fact.isMessageOffset ? .offset : .messageID, 1, fact.message) }
        if fact.correlation != 0 { add(.correlationID, 2, fact.correlation) }
        return keys
    }

    // MARK: - One fact

    private mutating func add(_ new: borrowing SpanFact) {
        let bits = JoinKey(new.key).bits
        guard new.reading.role != .other, factOfSpan[bits] == nil, !ledger.contains(bits) else { return }
        let fact = Fact(new, &symbols)
        if fact.channel != 0, routeSources[fact.channel] == nil {
            routeSources[fact.channel] = routes.sources(of: new.reading.channel).map { symbols.number(of: $0) }
        }
        insert(fact)
    }

    mutating func insert(_ fact: Fact) {
        let index = facts.count
        let referring = referrers(of: fact.key)
        touchDependents(of: fact, referring)
        facts.append(fact)
        factOfSpan[JoinKey(fact.key).bits] = Int32(index)
        for link in fact.links { referrers.add(index, under: JoinKey(link)) }
        if let parent = fact.unlinkedParent { referrers.add(index, under: JoinKey(parent)) }
        switch fact.role {
        case .publish: addProducer(index)
        case .receive, .process: addConsumer(index)
        case .server, .client:
            facts[index].unit = newUnit()
            units[facts[index].unit].call = index
        case .other: break
        }
        for referrer in referring {
            if facts[referrer].role.consumes {
                attach(referrer)
            } else if isNested(referrer, in: index) {
                unite(facts[index].unit, facts[referrer].unit)
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

    private mutating func addProducer(_ index: Int) {
        facts[index].unit = newUnit()
        units[facts[index].unit].producers = [index]
        if let parent = fact(of: facts[index].parentKey), isNested(index, in: parent) {
            unite(facts[parent].unit, facts[index].unit)
        }
        uniteLayers(of: index)
        let new = facts[index]
        for (_, key) in keys(of: new) {
            producers.add(index, under: key)
            // One over the limit changes what consumers make of the key; from there on nothing does.
            guard producers.count(under: key) <= Self.crowd + 1 else { continue }
            for consumer in consumers.facts(under: key) { attach(consumer) }
        }
    }

    /// Ids that more publishes carry than this identify no message.
    private static let crowd = 64

    func isCrowded(_ key: JoinKey) -> Bool { producers.count(under: key) > Self.crowd }

    /// Two instrumentations may tell of one publish beside each other instead of one inside the other: the same message
    /// id, the one within the time of the other.
    private mutating func uniteLayers(of index: Int) {
        let fact = facts[index]
        guard fact.message != 0, fact.channel != 0, !fact.isMessageOffset else { return }
        let key = JoinKey(3, fact.channel, fact.message)
        layers.add(index, under: key)
        guard layers.count(under: key) <= 1_000 else { return }
        for other in layers.facts(under: key) where other != index {
            let (left, right) = (facts[other], fact)
            let isWithin =
                left.start <= right.start && right.end <= left.end || right.start <= left.start && left.end <= right.end
            if isWithin, left.scope != right.scope, left.service == right.service {
                unite(facts[other].unit, facts[index].unit)
            }
        }
    }

    private mutating func addConsumer(_ index: Int) {
        let new = facts[index]
        for (_, key) in keys(of: new) { consumers.add(index, under: key) }
        attach(index)
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
        guard !units[unit].isTouched else { return }
        touched.append((unit, hops(of: unit)))
        units[unit].isTouched = true
    }

    mutating func settle() -> JoinChanges {
        var changes = JoinChanges()
        for (unit, before) in touched {
            units[unit].isTouched = false
            let after = hops(of: unit)
            guard before != after else { continue }
            changes.note(before: before, after: after)
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
                for consumer in consumers.facts(under: key) { attach(consumer) }
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
        guard wanted != facts[consumer].attachments else { return }
        for attachment in facts[consumer].attachments {
            touch(attachment.unit)
            units[attachment.unit].remove(consumer)
        }
        for attachment in wanted {
            touch(attachment.unit)
            units[attachment.unit].deliveries.append(Delivery(consumer: consumer, evidence: attachment.evidence))
        }
        facts[consumer].attachments = wanted
        let key = facts[consumer].key
        for child in referrers(of: key) where facts[child].role.consumes && facts[child].parentKey == key {
            if child != consumer { attach(child) }
        }
    }

    private mutating func unpublishedUnit(_ key: JoinKey) -> Int {
        if let unit = unpublishedUnits[key] { return unit }
        let unit = newUnit()
        unpublishedUnits[key] = unit
        return unit
    }

    // MARK: - Succession

    /// Takes over what another joiner knows; names and routes stay.
    mutating func take(_ other: Joiner) {
        (facts, units, factOfSpan, referrers) = (other.facts, other.units, other.factOfSpan, other.referrers)
        (producers, consumers, layers) = (other.producers, other.consumers, other.layers)
        unpublishedUnits = other.unpublishedUnits
    }

    /// An empty joiner for facts of this one.
    var emptyCopy: Joiner {
        var copy = Joiner(routes: routes, capacity: .max)
        copy.routeSources = routeSources
        return copy
    }
}

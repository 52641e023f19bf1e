import OTLPCoding
import TraceModel

/// A buffer of sightings, joined: who is whose child, and which span handled which message.
struct SightingWindow {
    let sightings: [Sighting]
    /// Names of services by their number.
    let services: [String]
    /// Every hop of the buffer, with its ends as indices of `sightings`.
    let hops: [WindowHop]
    private let judged: Range<Int>
    private let indexes: [SpanKey: Int32]
    private var childStarts: [Int32]
    private var childList: [Int32]
    private var deliveryStarts: [Int32]
    private var deliveryList: [Int32]

    init(_ all: [Sighting], judging range: Range<Int>, services: [String], routes: ChannelRoutes) {
        sightings = all
        self.services = services
        judged = range
        var indexes: [SpanKey: Int32] = Dictionary(minimumCapacity: all.count)
        var joiner = Joiner(routes: routes, capacity: .max)
        var facts: [SpanFact] = []
        for (index, sighting) in all.enumerated() where indexes[sighting.key] == nil {
            indexes[sighting.key] = Int32(index)
            if let fact = sighting.fact { facts.append(fact) }
        }
        _ = joiner.add(facts)
        self.indexes = indexes
        hops = joiner.hops.map { hop in
            WindowHop(
                edge: joiner.edge(of: hop),
                from: joiner.span(ofFact: hop.fromFact).flatMap { indexes[$0] }.map(Int.init),
                to: joiner.span(ofFact: hop.toFact).flatMap { indexes[$0] }.map(Int.init),
                evidence: hop.evidence,
                isError: hop.isError, isDuplicate: hop.isDuplicate, time: hop.time, wait: hop.wait, work: hop.work)
        }
        (childStarts, childList) = Self.grouped(
            all.indices.lazy.compactMap { index in
                guard !all[index].parent.isZero, indexes[all[index].key] == Int32(index),
                    let parent = indexes[all[index].parentKey], Int(parent) != index
                else { return nil }
                return (parent, Int32(index))
            }, count: all.count)
        (deliveryStarts, deliveryList) = Self.grouped(
            hops.lazy.compactMap { hop in
                guard hop.edge.kind == .consumes, hop.isJoined, let from = hop.from, let to = hop.to else { return nil }
                return (Int32(from), Int32(to))
            }, count: all.count)
    }

    /// Whether a sighting is judged now, and not only looked at. A span sent twice is judged the first time.
    func isJudged(_ index: Int) -> Bool { judged.contains(index) && indexes[sightings[index].key] == Int32(index) }

    var judgedIndices: some Sequence<Int> { judged.lazy.filter { isJudged($0) } }

    func index(of key: SpanKey) -> Int? { indexes[key].map(Int.init) }

    /// The spans that name a span as their parent.
    func children(of index: Int) -> ArraySlice<Int32> {
        childList[Int(childStarts[index])..<Int(childStarts[index + 1])]
    }

    /// The spans that handled the message that a span published.
    func deliveries(of index: Int) -> ArraySlice<Int32> {
        deliveryList[Int(deliveryStarts[index])..<Int(deliveryStarts[index + 1])]
    }

    func service(of index: Int) -> String { services[Int(sightings[index].service)] }

    /// Pairs as adjacency: where each element's list begins, and all lists end to end.
    private static func grouped(
        _ pairs: some Sequence<(Int32, Int32)>, count: Int
    ) -> (starts: [Int32], list: [Int32]) {
        let pairs = Array(pairs)
        var starts = Array(repeating: Int32(0), count: count + 1)
        for (owner, _) in pairs { starts[Int(owner) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var next = starts
        var list = Array(repeating: Int32(0), count: pairs.count)
        for (owner, member) in pairs {
            list[Int(next[Int(owner)])] = member
            next[Int(owner)] += 1
        }
        return (starts, list)
    }
}

/// A hop of a window.
struct WindowHop {
    var edge: EdgeKey
    /// The span that published or called, and the one that handled or served.
    var from: Int?
    var to: Int?
    var evidence: JoinEvidence?
    var isError: Bool
    var isDuplicate: Bool
    var time: UInt64
    var wait: Int64?
    var work: UInt64?

    /// Whether a delivery leads to its publisher.
    var isJoined: Bool { evidence != nil }
}

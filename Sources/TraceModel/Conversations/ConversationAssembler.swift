import OTLPCoding

/// Makes conversations of spans: which spans belong together, and which messages and calls tie them.
///
/// A function of the set of spans: order and repetition do not matter, and every span is in exactly one conversation.
///
/// Spans are reached by their index: a copy of one counts a reference to each of its texts, and thousands of spans are
/// looked at several times.
public struct ConversationAssembler: Sendable {
    /// A correlation ID on more traces than this does not identify a request (a tenant id, say), and joins nothing.
    public static let maximumTracesOfCorrelation = 1_000
    /// The same limit in spans.
    public static let maximumSpansOfCorrelation = 10_000

    private let routes: ChannelRoutes

    public init(routes: ChannelRoutes = ChannelRoutes()) { self.routes = routes }

    /// The conversations of the spans, newest start first; equal starts by id.
    public func conversations(of spans: [Span]) -> [Conversation] {
        let spans = unique(spans)
        let joiner = joined(spans)
        let hops = joiner.hops

        let known = Dictionary(
            uniqueKeysWithValues: spans.indices.map { (SpanKey(trace: spans[$0].trace, span: spans[$0].id), $0) })
        var sets = DisjointSets(count: spans.count)
        let correlations = identifyingCorrelations(of: spans)
        unite(spans, known, hops, joiner, correlations.spans, in: &sets)

        let hopsOfRoot = Dictionary(grouping: hops) { hop in
            let from = joiner.span(ofFact: hop.fromFact).flatMap { known[$0] }
            let to = joiner.span(ofFact: hop.toFact).flatMap { known[$0] }
            let end = to.flatMap { spans[$0].isBatch ? from ?? $0 : $0 } ?? from
            return end.map { sets.root($0) } ?? -1
        }
        return Dictionary(grouping: spans.indices) { sets.root($0) }
            .map { root, members in
                conversation(
                    of: members.map { spans[$0] }, known, hops: (hopsOfRoot[root] ?? []).map { model($0, joiner) },
                    failed: Self.hasFailed(hopsOfRoot[root] ?? []),
                    duplicated: (hopsOfRoot[root] ?? []).contains(where: \.isDuplicate), correlations.rejected)
            }
            .sorted { ($1.start, $0.id) < ($0.start, $1.id) }
    }

    private func joined(_ spans: [Span]) -> Joiner {
        var joiner = Joiner(routes: routes, capacity: .max)
        _ = joiner.add(spans.map(SpanFact.init))
        return joiner
    }

    // MARK: - One conversation

    private func conversation(
        of spans: [Span], _ known: [SpanKey: Int], hops: [Hop], failed: Bool, duplicated: Bool,
        _ rejected: Set<String>
    ) -> Conversation {
        let traces = Set(spans.map(\.trace)).sorted()
        var counts: [String: Int] = [:]
        for index in spans.indices where !spans[index].reading.correlationID.isEmpty {
            counts[spans[index].reading.correlationID, default: 0] += 1
        }
        let usable = counts.filter { !rejected.contains($0.key) }
        let correlation = usable.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        let isFailed = failed || spans.contains { $0.parent.isZero && $0.kind == .server && $0.status == .error }
        // The trace that began it. One that fetches a batch of messages has a part in each of their conversations.
        let origin = spans.first { !$0.reading.role.consumes } ?? spans.first
        var conversation = Conversation(
            id: correlation ?? origin?.trace.description ?? "", correlationID: correlation, traces: traces,
            services: Set(spans.map(\.service)).sorted(), spans: spans,
            hops: hops.sorted { ($0.time, $0.kind.rawValue, $0.to) < ($1.time, $1.kind.rawValue, $1.to) },
            state: isFailed ? .failed : duplicated ? .duplicated : .complete,
            start: spans.map(\.start).min() ?? 0, end: spans.map(\.end).max() ?? 0)
        let surroundings = Surroundings(
            isKnown: { known[$0] != nil }, rejected: rejected.intersection(counts.keys).sorted())
        for pass in conversationPasses { pass.adjust(&conversation, surroundings) }
        return conversation
    }

    /// A call that failed, or a delivery that failed and was not handled by a later attempt.
    private static func hasFailed(_ hops: [JoinedHop]) -> Bool {
        struct Receiver: Hashable {
            var edge: JoinedHop.Edge
            var from: Int32
        }
        var succeeded: [Receiver: UInt64] = [:]
        for hop in hops where hop.edge.kind == .consumes && !hop.isError {
            let receiver = Receiver(edge: hop.edge, from: hop.fromFact)
            succeeded[receiver] = max(succeeded[receiver] ?? 0, hop.time)
        }
        return hops.contains { hop in
            guard hop.isError else { return false }
            guard hop.edge.kind == .consumes, hop.fromFact >= 0 else { return true }
            return hop.time >= succeeded[Receiver(edge: hop.edge, from: hop.fromFact)] ?? 0
        }
    }

    private func model(_ hop: JoinedHop, _ joiner: Joiner) -> Hop {
        let edge = joiner.edge(of: hop)
        let publisher = hop.fromFact >= 0 ? joiner.facts[Int(hop.fromFact)] : nil
        let publishedTo = publisher.map { joiner.symbols.text(of: $0.channel) } ?? ""
        return Hop(
            kind: edge.kind,
            from: edge.kind == .consumes ? publisher.map { joiner.symbols.text(of: $0.service) } : edge.from,
            to: edge.to, channel: edge.kind == .consumes ? edge.from : edge.kind == .calls ? nil : edge.to,
            publishedTo: edge.kind == .consumes && !publishedTo.isEmpty && publishedTo != edge.from ? publishedTo : nil,
            system: edge.system, group: edge.kind == .consumes ? edge.detail : "",
            operation: edge.kind == .calls ? edge.detail : "", fromSpan: joiner.span(ofFact: hop.fromFact),
            toSpan: joiner.span(ofFact: hop.toFact), evidence: hop.evidence, attempt: hop.attempt,
            isError: hop.isError, time: hop.time, wait: hop.wait, work: hop.work)
    }

    // MARK: - What belongs together

    private func unique(_ spans: [Span]) -> [Span] {
        var seen = Set<SpanKey>(minimumCapacity: spans.count)
        var places: [(start: UInt64, key: SpanKey, index: Int)] = []
        for index in spans.indices {
            let key = SpanKey(trace: spans[index].trace, span: spans[index].id)
            if seen.insert(key).inserted { places.append((spans[index].start, key, index)) }
        }
        places.sort { ($0.start, $0.key) < ($1.start, $1.key) }
        return places.map { spans[$0.index] }
    }

    /// Spans belong together along parents, and all that begins a trace or has lost its parent along the trace; along
    /// links, hops and correlation IDs. A batch is the exception: it fetches messages of many requests, so that it
    /// belongs to the first of them only, and what handles one of its messages belongs to that message alone.
    private func unite(
        _ spans: [Span], _ known: [SpanKey: Int], _ hops: [JoinedHop], _ joiner: Joiner, _ correlated: [[Int]],
        in sets: inout DisjointSets
    ) {
        var joined: Set<Int> = []
        for hop in hops where hop.evidence != nil && hop.evidence != .parent {
            if let to = joiner.span(ofFact: hop.toFact).flatMap({ known[$0] }) { joined.insert(to) }
        }
        var traces: [TraceID: Int] = [:]
        func trace(_ id: TraceID, _ sets: inout DisjointSets) -> Int {
            if let element = traces[id] { return element }
            let element = sets.add()
            traces[id] = element
            return element
        }
        for index in spans.indices {
            let parent = known[SpanKey(trace: spans[index].trace, span: spans[index].parent)]
            if let parent, parent != index {
                let isOfBatch = spans[parent].reading.role == .receive && joined.contains(index)
                if !isOfBatch { sets.unite(index, parent) }
            } else {
                sets.unite(index, trace(spans[index].trace, &sets))
            }
            for link in spans[index].links.prefix(spans[index].isBatch ? 1 : .max) where !link.trace.isZero {
                let linked = known[SpanKey(trace: link.trace, span: link.span)]
                sets.unite(index, linked ?? trace(link.trace, &sets))
            }
        }
        for hop in hops {
            guard let from = joiner.span(ofFact: hop.fromFact).flatMap({ known[$0] }),
                let to = joiner.span(ofFact: hop.toFact).flatMap({ known[$0] }), !spans[to].isBatch
            else { continue }
            sets.unite(from, to)
        }
        for members in correlated {
            for member in members.dropFirst() { sets.unite(members[0], member) }
        }
    }

    /// The spans of each correlation ID that identifies, and the IDs that do not.
    private func identifyingCorrelations(of spans: [Span]) -> (spans: [[Int]], rejected: Set<String>) {
        let members = Dictionary(grouping: spans.indices.filter { !spans[$0].reading.correlationID.isEmpty }) {
            spans[$0].reading.correlationID
        }
        let rejected = members.filter { _, members in
            members.count > Self.maximumSpansOfCorrelation
                || Set(members.map { spans[$0].trace }).count > Self.maximumTracesOfCorrelation
        }
        return (members.filter { rejected[$0.key] == nil }.map(\.value), Set(rejected.keys))
    }
}

extension Span {
    /// Takes several messages at once.
    fileprivate var isBatch: Bool { links.count > 1 && reading.role.consumes }
}

/// Union-find with path halving and union by size.
private struct DisjointSets {
    private var parents: [Int]
    private var sizes: [Int]

    init(count: Int) {
        parents = Array(0..<count)
        sizes = Array(repeating: 1, count: count)
    }

    /// One more element.
    mutating func add() -> Int {
        parents.append(parents.count)
        sizes.append(1)
        return parents.count - 1
    }

    mutating func root(_ element: Int) -> Int {
        var element = element
        while parents[element] != element {
            parents[element] = parents[parents[element]]
            element = parents[element]
        }
        return element
    }

    mutating func unite(_ left: Int, _ right: Int) {
        var (large, small) = (root(left), root(right))
        guard large != small else { return }
        if sizes[large] < sizes[small] { swap(&large, &small) }
        parents[small] = large
        sizes[large] += sizes[small]
    }
}

import OTLPCoding

/// Makes conversations of spans: which spans belong together, and which messages and calls tie them.
///
/// A function of the set of spans: order and repetition do not matter, and every span is in exactly one conversation.
/// Spans belong together when they share a trace, when one links to the other's trace, when a hop joins them, or when
/// they carry the same correlation ID.
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
        var joiner = Joiner(routes: routes, capacity: .max)
        _ = joiner.add(spans.map(SpanFact.init))
        let hops = joiner.hops

        var sets = DisjointSets()
        for span in spans {
            let trace = sets.element(span.trace)
            for link in span.links where !link.trace.isZero { sets.unite(trace, sets.element(link.trace)) }
        }
        for hop in hops {
            guard let from = joiner.span(ofFact: hop.fromFact), let to = joiner.span(ofFact: hop.toFact) else {
                continue
            }
            sets.unite(sets.element(from.trace), sets.element(to.trace))
        }
        let correlations = identifyingCorrelations(of: spans)
        for traces in correlations.traces.values {
            for trace in traces.dropFirst() { sets.unite(sets.element(traces[0]), sets.element(trace)) }
        }

        let hopsOfRoot = Dictionary(grouping: hops) { hop in
            let end = joiner.span(ofFact: hop.toFact) ?? joiner.span(ofFact: hop.fromFact)
            return end.map { sets.root(sets.element($0.trace)) } ?? -1
        }
        return Dictionary(grouping: spans) { sets.root(sets.element($0.trace)) }
            .map { root, members in
                conversation(
                    of: members, hops: (hopsOfRoot[root] ?? []).map { model($0, joiner) },
                    failed: Self.hasFailed(hopsOfRoot[root] ?? []),
                    duplicated: (hopsOfRoot[root] ?? []).contains(where: \.isDuplicate), correlations.rejected)
            }
            .sorted { ($1.start, $0.id) < ($0.start, $1.id) }
    }

    // MARK: - One conversation

    private func conversation(
        of spans: [Span], hops: [Hop], failed: Bool, duplicated: Bool, _ rejected: Set<String>
    ) -> Conversation {
        let traces = Set(spans.map(\.trace)).sorted()
        var counts: [String: Int] = [:]
        for span in spans where !span.reading.correlationID.isEmpty {
            counts[span.reading.correlationID, default: 0] += 1
        }
        let usable = counts.filter { !rejected.contains($0.key) }
        let correlation = usable.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        let known = Set(spans.map { SpanKey(trace: $0.trace, span: $0.id) })
        var warnings: [String] = []
        let missing = Set(
            spans.filter { !$0.parent.isZero }.map { SpanKey(trace: $0.trace, span: $0.parent) }
        ).subtracting(known).count
        if missing > 0 { warnings.append("\(missing) parent span\(missing == 1 ? "" : "s") not received") }
        if hops.contains(where: { ($0.wait ?? 0) < 0 }) {
            warnings.append("clocks disagree: a message was handled before it was published")
        }
        let isFailed = failed || spans.contains { $0.parent.isZero && $0.kind == .server && $0.status == .error }
        return Conversation(
            id: correlation ?? traces.first?.description ?? "", correlationID: correlation, traces: traces,
            services: Set(spans.map(\.service)).sorted(), spans: spans,
            hops: hops.sorted { ($0.time, $0.kind.rawValue, $0.to) < ($1.time, $1.kind.rawValue, $1.to) },
            state: isFailed ? .failed : duplicated ? .duplicated : .complete,
            start: spans.map(\.start).min() ?? 0, end: spans.map(\.end).max() ?? 0, warnings: warnings)
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
        var seen: Set<SpanKey> = []
        return spans.filter { seen.insert(SpanKey(trace: $0.trace, span: $0.id)).inserted }
            .sorted { ($0.start, $0.trace, $0.id) < ($1.start, $1.trace, $1.id) }
    }

    private func identifyingCorrelations(
        of spans: [Span]
    ) -> (traces: [String: [TraceID]], rejected: Set<String>) {
        var traces: [String: Set<TraceID>] = [:]
        var counts: [String: Int] = [:]
        for span in spans where !span.reading.correlationID.isEmpty {
            traces[span.reading.correlationID, default: []].insert(span.trace)
            counts[span.reading.correlationID, default: 0] += 1
        }
        let rejected = Set(
            traces.keys.filter {
                traces[$0]!.count > Self.maximumTracesOfCorrelation || counts[$0]! > Self.maximumSpansOfCorrelation
            })
        return (traces.filter { !rejected.contains($0.key) }.mapValues { $0.sorted() }, rejected)
    }
}

/// Union-find over traces, with path halving and union by size.
private struct DisjointSets {
    private var numbers: [TraceID: Int] = [:]
    private var parents: [Int] = []
    private var sizes: [Int] = []

    mutating func element(_ trace: TraceID) -> Int {
        if let number = numbers[trace] { return number }
        numbers[trace] = parents.count
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

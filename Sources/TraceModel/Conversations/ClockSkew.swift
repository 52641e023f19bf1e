import OTLPCoding

/// Moves spans of services whose clocks disagree, so that nothing is handled before it was published or served before
/// it was called. The times of hops as they were measured (`wait`) stay.
///
/// A called span that does not lie within its caller's is centred in it; one that lasted longer begins with it. A
/// message's handling that begins before the publication begins with that. What a span sets off in the same service
/// moves with it. Source of the rules for calls: Jaeger's clock skew adjuster
/// (`cmd/query/app/querysvc/adjuster/clockskew.go`).
struct ClockSkew: ConversationPass {
    func adjust(_ conversation: inout Conversation, _ surroundings: Surroundings) {
        let spans = conversation.spans
        let index = Dictionary(
            spans.indices.map { (SpanKey(trace: spans[$0].trace, span: spans[$0].id), $0) },
            uniquingKeysWith: { first, _ in first })
        let origins = origins(of: spans, conversation.hops, index)
        guard mayDisagree(spans, origins) else { return }
        let shifts = shifts(of: spans, origins)
        var greatest: [String: Int64] = [:]
        for (position, shift) in shifts.enumerated() where shift != 0 {
            conversation.spans[position].start = moved(spans[position].start, by: shift)
            conversation.spans[position].end = moved(spans[position].end, by: shift)
            let service = spans[position].service
            if shift.magnitude > (greatest[service] ?? 0).magnitude { greatest[service] = shift }
        }
        guard !greatest.isEmpty else { return }
        for hop in conversation.hops.indices where conversation.hops[hop].kind != .publishes {
            guard let span = conversation.hops[hop].toSpan.flatMap({ index[$0] }) else { continue }
            conversation.hops[hop].time = moved(conversation.hops[hop].time, by: shifts[span])
        }
        conversation.spans.sort { ($0.start, $0.trace, $0.id) < ($1.start, $1.trace, $1.id) }
        conversation.hops.sort { ($0.time, $0.kind.rawValue, $0.to) < ($1.time, $1.kind.rawValue, $1.to) }
        conversation.start = conversation.spans.map(\.start).min() ?? 0
        conversation.end = conversation.spans.map(\.end).max() ?? 0
        for (service, shift) in greatest.sorted(by: { $0.key < $1.key }) {
            let way = shift > 0 ? "later" : "earlier"
            conversation.warnings.append(
                "clocks disagree: '\(service)' is shown \(durationText(shift.magnitude)) \(way)")
        }
    }

    /// For each span the one that set it off: its parent, or the publication that it handles; nil for a root.
    private func origins(of spans: [Span], _ hops: [Hop], _ index: [SpanKey: Int]) -> [Int?] {
        var origins = spans.indices.map { position -> Int? in
            index[SpanKey(trace: spans[position].trace, span: spans[position].parent)]
                .flatMap { $0 == position ? nil : $0 }
        }
        for hop in hops where hop.kind == .consumes {
            guard let to = hop.toSpan.flatMap({ index[$0] }), let from = hop.fromSpan.flatMap({ index[$0] }), to != from
            else { continue }
            if origins[to] == nil || spans[origins[to]!].service == spans[to].service { origins[to] = from }
        }
        return origins
    }

    private func mayDisagree(_ spans: [Span], _ origins: [Int?]) -> Bool {
        origins.enumerated().contains { position, origin in
            guard let origin, spans[origin].service != spans[position].service else { return false }
            return shift(of: spans[position], from: spans[origin], 0) != 0
        }
    }

    /// How far each span moves: worked out from its origin outwards, each span once; circles end where they began.
    private func shifts(of spans: [Span], _ origins: [Int?]) -> [Int64] {
        var shifts = [Int64?](repeating: nil, count: spans.count)
        for start in spans.indices {
            var path: [Int] = []
            var onPath: Set<Int> = []
            var next: Int? = start
            while let position = next, shifts[position] == nil, onPath.insert(position).inserted {
                path.append(position)
                next = origins[position]
            }
            for position in path.reversed() {
                guard let origin = origins[position], let known = shifts[origin] else {
                    shifts[position] = 0
                    continue
                }
                shifts[position] =
                    spans[origin].service == spans[position].service
                    ? known : shift(of: spans[position], from: spans[origin], known)
            }
        }
        return shifts.map { $0 ?? 0 }
    }

    /// - Parameter originShift: How far the origin itself moves.
    private func shift(of span: Span, from origin: Span, _ originShift: Int64) -> Int64 {
        let start = moved(origin.start, by: originShift)
        if origin.kind == .client, span.kind == .server {
            let end = moved(origin.end, by: originShift)
            if span.start >= start, span.end <= end { return 0 }
            guard span.duration <= origin.duration else {
                return span.start < start ? difference(start, span.start) : 0
            }
            return difference(start &+ (origin.duration - span.duration) / 2, span.start)
        }
        return span.reading.role.consumes && span.start < start ? difference(start, span.start) : 0
    }

    private func difference(_ later: UInt64, _ earlier: UInt64) -> Int64 {
        later >= earlier ? Int64(clamping: later - earlier) : -Int64(clamping: earlier - later)
    }

    /// Held within what 64 bits can say.
    private func moved(_ time: UInt64, by shift: Int64) -> UInt64 {
        let (value, overflow) =
            shift >= 0
            ? time.addingReportingOverflow(shift.magnitude) : time.subtractingReportingOverflow(shift.magnitude)
        return overflow ? (shift >= 0 ? .max : 0) : value
    }
}

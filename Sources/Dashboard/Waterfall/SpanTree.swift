import OTLPCoding
import TraceModel

/// The spans of a conversation as one forest, in the order of a waterfall: every span exactly once.
///
/// A span stands below its parent. One whose parent is not there stands below the span that published its message or
/// called it, or that it links to, whatever trace that is in; a consumer whose receiving span has none of these takes
/// that one along. A span with none of these is a root. Parents that lead in a circle are cut at the earliest span of
/// the circle. The order of arrival does not matter: siblings stand by start, then by trace and span id.
struct SpanTree: Sendable, Equatable {
    /// Why a span stands where it does.
    enum Attachment: Sendable, Equatable {
        /// Nothing caused it.
        case root
        case parent
        /// A message or a link leads to it from another trace.
        case joined
        /// Its parent was not received.
        case orphan
        /// It is its own ancestor.
        case cycle
    }

    struct Row: Sendable, Equatable {
        /// The number of the span in the conversation.
        var span: Int
        var depth: Int
        /// The row above that it belongs to; -1 for a root.
        var parent: Int
        /// No later sibling follows.
        var isLast: Bool
        /// How many rows below belong to it.
        var descendants: Int
        /// The number of the hop that ends in this span.
        var hop: Int?
        var attachment: Attachment
    }

    private(set) var rows: [Row] = []

    /// - Complexity: O(n log n) of spans and hops, whatever their shape.
    init(_ conversation: Conversation) {
        let spans = conversation.spans
        let keys = spans.map { SpanKey(trace: $0.trace, span: $0.id) }
        // A repeated span is shown twice rather than not at all; references go to the first.
        let numbers = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var hops: [Int: Int] = [:]
        for (index, hop) in conversation.hops.enumerated() {
            if let end = hop.toSpan, let number = numbers[end], hops[number] == nil { hops[number] = index }
        }

        var parents = Array(repeating: -1, count: spans.count)
        var attachments = Array(repeating: Attachment.root, count: spans.count)
        for (index, span) in spans.enumerated() {
            if !span.parent.isZero {
                let parent = numbers[SpanKey(trace: span.trace, span: span.parent)]
                attachments[index] = parent == nil ? .orphan : parent == index ? .cycle : .parent
                if let parent, parent != index { parents[index] = parent }
            }
            guard parents[index] < 0 else { continue }
            let publisher = hops[index].flatMap { conversation.hops[$0].fromSpan }.flatMap { numbers[$0] }
            let linked = span.links.lazy.compactMap { numbers[SpanKey(trace: $0.trace, span: $0.span)] }.first
            if let source = publisher ?? linked, source != index {
                parents[index] = source
                attachments[index] = .joined
            }
        }
        Self.attachReceivers(conversation, numbers, hops, &parents, &attachments)
        Self.cutCircles(spans, &parents, &attachments)
        rows = Self.rows(spans, parents, attachments, hops)
    }

    /// A root whose own descendant handles a message of another trace goes below that message's publisher.
    private static func attachReceivers(
        _ conversation: Conversation, _ numbers: [SpanKey: Int], _ hops: [Int: Int], _ parents: inout [Int],
        _ attachments: inout [Attachment]
    ) {
        for (span, hop) in hops.sorted(by: { $0.value < $1.value }) {
            guard conversation.hops[hop].kind == .consumes, attachments[span] == .parent,
                let publisher = conversation.hops[hop].fromSpan.flatMap({ numbers[$0] }),
                conversation.spans[publisher].trace != conversation.spans[span].trace
            else { continue }
            // Consumers receive and handle in spans that are close together: look up a few levels only.
            var top = parents[span]
            for _ in 0..<4 where top >= 0 && parents[top] >= 0 { top = parents[top] }
            guard top >= 0, parents[top] < 0, top != publisher else { continue }
            parents[top] = publisher
            attachments[top] = .joined
        }
    }

    /// Makes the earliest span of each circle a root.
    private static func cutCircles(_ spans: [Span], _ parents: inout [Int], _ attachments: inout [Attachment]) {
        // 0: not seen; otherwise the round in which it was seen.
        var seenIn = Array(repeating: 0, count: spans.count)
        for start in spans.indices where seenIn[start] == 0 {
            var next = start
            while next >= 0, seenIn[next] == 0 {
                seenIn[next] = start + 1
                next = parents[next]
            }
            guard next >= 0, seenIn[next] == start + 1 else { continue }
            var earliest = next
            var member = parents[next]
            while member != next {
                if comesBefore(member, earliest, spans) { earliest = member }
                member = parents[member]
            }
            parents[earliest] = -1
            attachments[earliest] = .cycle
        }
    }

    private static func rows(
        _ spans: [Span], _ parents: [Int], _ attachments: [Attachment], _ hops: [Int: Int]
    ) -> [Row] {
        var children = Array(repeating: [Int](), count: spans.count)
        var roots: [Int] = []
        for index in spans.indices.sorted(by: { comesBefore($0, $1, spans) }) {
            if parents[index] < 0 { roots.append(index) } else { children[parents[index]].append(index) }
        }
        var rows: [Row] = []
        rows.reserveCapacity(spans.count)
        // A chain of 10,000 spans is as deep as it is long: no recursion.
        var pending = roots.enumerated().reversed().map {
            (span: $1, depth: 0, parent: -1, isLast: $0 == roots.count - 1)
        }
        while let (span, depth, parent, isLast) = pending.popLast() {
            let row = rows.count
            rows.append(
                Row(
                    span: span, depth: depth, parent: parent, isLast: isLast, descendants: 0, hop: hops[span],
                    attachment: attachments[span]))
            for (index, child) in children[span].enumerated().reversed() {
                pending.append((child, depth + 1, row, index == children[span].count - 1))
            }
        }
        for row in rows.indices.reversed() where rows[row].parent >= 0 {
            rows[rows[row].parent].descendants += rows[row].descendants + 1
        }
        return rows
    }

    private static func comesBefore(_ left: Int, _ right: Int, _ spans: [Span]) -> Bool {
        let (a, b) = (spans[left], spans[right])
        return (a.start, a.trace, a.id, left) < (b.start, b.trace, b.id, right)
    }
}

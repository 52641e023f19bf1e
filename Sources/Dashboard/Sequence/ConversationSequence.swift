import TerminalUI
import TraceModel

/// One conversation as a sequence: who takes part, and every message and call between them in the order of time.
struct ConversationSequence: Sendable, Equatable {
    /// One arrow of the picture.
    struct Arrow: Sendable, Equatable {
        enum Kind: Sendable, Equatable {
            case call, publish, delivery
        }

        var kind: Kind
        /// Nanoseconds since the Unix epoch.
        var time: UInt64
        /// The participants at its ends, by their numbers.
        var from: Int
        var to: Int
        /// What stands on the arrow: an operation, a queue.
        var label: String
        /// How long it waited and was worked at: `lag 44ms  12ms`.
        var figures: String
        /// `again`, `failed`: what a reader must not miss.
        var remarks: [String]
        var isError: Bool
        /// The span that tells more.
        var span: SpanKey?
    }

    private(set) var participants: [Node] = []
    private(set) var arrows: [Arrow] = []
    private(set) var start: UInt64 = 0
    private(set) var position = 0
    private(set) var scrollOffset = 0
    /// The number of the first participant that the screen shows; nil where the selected arrow decides.
    private(set) var firstParticipant: Int?
    private let names: ObservedNames
    private let glyphs: Glyphs

    init(_ conversation: Conversation, names: ObservedNames, glyphs: Glyphs) {
        self.names = names
        self.glyphs = glyphs
        read(conversation)
    }

    mutating func update(_ conversation: Conversation) {
        read(conversation)
        position = min(position, max(0, arrows.count - 1))
    }

    var selected: Arrow? { arrows.indices.contains(position) ? arrows[position] : nil }

    // MARK: - Moving

    mutating func move(to place: Int, visible: Int) {
        position = min(max(0, place), max(0, arrows.count - 1))
        firstParticipant = nil
        scroll(visible: visible)
    }

    mutating func scroll(visible: Int) {
        scrollOffset = TerminalUI.scrollOffset(
            selected: position, visible: visible, count: arrows.count, previous: scrollOffset)
    }

    mutating func shift(by step: Int) {
        let first = firstParticipant ?? selected.map { min($0.from, $0.to) } ?? 0
        firstParticipant = min(max(0, first + step), max(0, participants.count - 1))
    }

    /// The first of so many participants that the screen shows: where nobody chose one, such that both ends of the
    /// selected arrow are there, or its tail where they are too far apart.
    func firstShown(of fitting: Int) -> Int {
        let last = max(0, participants.count - fitting)
        if let firstParticipant { return min(firstParticipant, last) }
        guard let selected else { return 0 }
        let (low, high) = (min(selected.from, selected.to), max(selected.from, selected.to))
        guard high - low < fitting else { return min(selected.from, last) }
        return min(max(0, high - fitting + 1), last)
    }

    // MARK: - Reading

    private mutating func read(_ conversation: Conversation) {
        participants = []
        arrows = []
        start = conversation.start
        var numbers: [Node: Int] = [:]
        let starts = Dictionary(
            conversation.spans.map { (SpanKey($0), $0.start) }, uniquingKeysWith: { first, _ in first })
        let hops = conversation.hops.map { hop -> (hop: Hop, time: UInt64) in
            // A hop's time is that of its publication; on the picture a delivery arrives when its handling starts.
            let begun = hop.kind == .consumes ? hop.toSpan.flatMap { starts[$0] } : nil
            return (hop, begun ?? hop.time)
        }
        func number(_ node: Node) -> Int {
            if let known = numbers[node] { return known }
            numbers[node] = participants.count
            participants.append(node)
            return participants.count - 1
        }
        for (_, entry) in hops.enumerated().sorted(by: { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) })
        {
            guard let ends = ends(of: entry.hop) else { continue }
            let (from, to) = (number(ends.from), number(ends.to))
            arrows.append(arrow(entry.hop, at: entry.time, from: from, to: to))
        }
    }

    private func ends(of hop: Hop) -> (from: Node, to: Node)? {
        switch hop.kind {
        case .calls: (service(hop.from), .service(names.service(hop.to)))
        case .publishes: (service(hop.from), .channel(names.channel(hop.to)))
        case .consumes:
            (.channel(names.channel(hop.publishedTo ?? hop.channel ?? "")), .service(names.service(hop.to)))
        case .delivers: nil
        }
    }

    private func service(_ name: String?) -> Node { .service(name.map(names.service) ?? "unknown") }

    private func arrow(_ hop: Hop, at time: UInt64, from: Int, to: Int) -> Arrow {
        var arrow = Arrow(
            kind: .call, time: time, from: from, to: to, label: "", figures: "", remarks: [], isError: hop.isError,
            span: hop.toSpan ?? hop.fromSpan)
        switch hop.kind {
        case .calls, .delivers:
            arrow.label = hop.operation.isEmpty ? hop.system : hop.operation
            arrow.figures = hop.work.map(durationText) ?? ""
        case .publishes:
            arrow.kind = .publish
            arrow.label = "publishes"
        case .consumes:
            arrow.kind = .delivery
            let channel = hop.channel.map(names.channel) ?? ""
            arrow.label = hop.publishedTo == nil ? "delivers" : "\(glyphs.queue) \(channel)"
            arrow.figures = [
                hop.wait.map { "lag " + FigureText.signedDuration($0) }, hop.work.map(durationText),
            ]
            .compactMap(\.self).joined(separator: "  ")
            if hop.attempt > 1 { arrow.remarks.append(hop.attempt == 2 ? "again" : "again, attempt \(hop.attempt)") }
        }
        if hop.isError { arrow.remarks.append("failed") }
        return arrow
    }
}

import TerminalUI
import TraceModel

/// One conversation as a waterfall, and what a person did to it: where they are, what is folded, what they look for.
struct Waterfall: Sendable, Equatable {
    private(set) var conversation: Conversation
    private(set) var facts: ConversationFacts
    private(set) var tree: SpanTree
    private(set) var folded: Set<SpanKey> = []
    /// The rows of the tree that are shown.
    private(set) var shown: [Int] = []
    /// The place among the shown rows.
    private(set) var position = 0
    private(set) var scrollOffset = 0
    /// What `/` looks for; empty for nothing.
    private(set) var search = ""
    /// The bounds of the picture; a message may have been published before the first span.
    private(set) var start: UInt64 = 0
    private(set) var end: UInt64 = 0
    /// The same conversation as a sequence, when that is shown.
    var sequence: ConversationSequence?
    /// The span that is shown in full.
    var detail: SpanDetail?

    init(_ conversation: Conversation, facts: ConversationFacts) {
        self.conversation = conversation
        self.facts = facts
        tree = SpanTree(conversation)
        measure()
        showRows()
    }

    /// Takes over what is known now about the same conversation; the selection stays on its span.
    mutating func update(_ conversation: Conversation, facts: ConversationFacts) {
        self.facts = facts
        guard conversation != self.conversation else { return }
        let selected = selectedSpan.map(SpanKey.init)
        self.conversation = conversation
        tree = SpanTree(conversation)
        sequence?.update(conversation)
        measure()
        showRows()
        if let selected, let row = shown.firstIndex(where: { SpanKey(span(ofRow: $0)) == selected }) { position = row }
    }

    func span(ofRow row: Int) -> Span { conversation.spans[tree.rows[row].span] }

    func hop(ofRow row: Int) -> Hop? { tree.rows[row].hop.map { conversation.hops[$0] } }

    var selectedRow: Int? { shown.indices.contains(position) ? shown[position] : nil }
    var selectedSpan: Span? { selectedRow.map(span(ofRow:)) }

    /// Where a row of the tree is among the shown ones; nil where it is hidden.
    private func place(ofRow row: Int) -> Int? {
        var (low, high) = (0, shown.count)
        while low < high {
            let middle = (low + high) / 2
            if shown[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low < shown.count && shown[low] == row ? low : nil
    }

    func isFolded(row: Int) -> Bool { folded.contains(SpanKey(span(ofRow: row))) }

    // MARK: - Moving

    mutating func move(to place: Int, visible: Int) {
        position = min(max(0, place), max(0, shown.count - 1))
        scroll(visible: visible)
    }

    mutating func scroll(visible: Int) {
        scrollOffset = TerminalUI.scrollOffset(
            selected: position, visible: visible, count: shown.count, previous: scrollOffset)
    }

    // MARK: - Folding

    /// Hides what is below the selected span; where nothing is, goes to its parent.
    mutating func fold() {
        guard let row = selectedRow else { return }
        if tree.rows[row].descendants > 0, !isFolded(row: row) {
            setFolded(true, row: row)
        } else if let parent = place(ofRow: tree.rows[row].parent) {
            position = parent
        }
    }

    /// Shows what is below the selected span; where it is shown, goes there.
    mutating func unfold() {
        guard let row = selectedRow, tree.rows[row].descendants > 0 else { return }
        if isFolded(row: row) { setFolded(false, row: row) } else { position = min(position + 1, shown.count - 1) }
    }

    /// Folds everything that can be, or unfolds everything if something is folded.
    mutating func toggleAll() {
        let selected = selectedRow
        if folded.isEmpty {
            folded = Set(tree.rows.indices.filter { tree.rows[$0].descendants > 0 }.map { SpanKey(span(ofRow: $0)) })
        } else {
            folded = []
        }
        showRows()
        guard var row = selected else { return }
        // What is hidden now is inside one of the rows above it.
        while row >= 0, place(ofRow: row) == nil { row = tree.rows[row].parent }
        position = place(ofRow: row) ?? 0
    }

    private mutating func setFolded(_ isFolded: Bool, row: Int) {
        if isFolded {
            folded.insert(SpanKey(span(ofRow: row)))
        } else {
            folded.remove(SpanKey(span(ofRow: row)))
        }
        showRows()
    }

    private mutating func showRows() {
        shown = []
        shown.reserveCapacity(tree.rows.count)
        var row = 0
        while row < tree.rows.count {
            shown.append(row)
            row += isFolded(row: row) ? tree.rows[row].descendants + 1 : 1
        }
        position = min(position, max(0, shown.count - 1))
    }

    // MARK: - Looking for spans

    mutating func look(for text: String) {
        search = text.lowercased()
        guard !search.isEmpty, let row = selectedRow, !matches(row: row) else { return }
        findNext(forward: true)
    }

    func matches(row: Int) -> Bool {
        guard !search.isEmpty else { return false }
        let span = span(ofRow: row)
        return [span.service, span.name, span.reading.channel].contains { $0.lowercased().contains(search) }
    }

    /// `3 of 17` where the selected span is the third that matches, `17 spans` where it does not; nil while nothing is
    /// looked for.
    var matchText: String? {
        guard !search.isEmpty else { return nil }
        let matches = tree.rows.indices.filter(matches)
        guard !matches.isEmpty else { return "no span matches" }
        guard let number = selectedRow.flatMap({ matches.firstIndex(of: $0) }) else {
            return matches.count == 1 ? "1 span matches" : "\(matches.count) spans match"
        }
        return "\(number + 1) of \(matches.count)"
    }

    /// Goes to the next span that matches, unfolding what hides it; the last is followed by the first.
    mutating func findNext(forward: Bool) {
        guard !search.isEmpty, let from = selectedRow else { return }
        let count = tree.rows.count
        for step in 1...max(1, count) {
            let row = ((forward ? from + step : from - step) % count + count) % count
            guard matches(row: row) else { continue }
            reveal(row)
            return
        }
    }

    /// Goes to a span, unfolding what hides it.
    mutating func select(_ key: SpanKey) {
        guard let row = tree.rows.indices.first(where: { SpanKey(span(ofRow: $0)) == key }) else { return }
        reveal(row)
    }

    private mutating func reveal(_ row: Int) {
        var ancestor = tree.rows[row].parent
        while ancestor >= 0 {
            folded.remove(SpanKey(span(ofRow: ancestor)))
            ancestor = tree.rows[ancestor].parent
        }
        showRows()
        position = place(ofRow: row) ?? position
    }

    /// The picture covers what was worked at: a poll that began long before the message came is cut at its edge.
    private mutating func measure() {
        let work = tree.rows.filter { !isPoll($0) }.map { conversation.spans[$0.span] }
        let spans = work.isEmpty ? conversation.spans : work
        start = spans.map(\.start).min() ?? conversation.start
        end = max(spans.map { max($0.start, $0.end) }.max() ?? conversation.end, start)
        for hop in conversation.hops where hop.time > 0 && hop.time < start && (hop.wait ?? -1) >= 0 {
            start = hop.time
        }
    }

    /// Whether a span only waited for messages that others handle.
    func isPoll(_ row: SpanTree.Row) -> Bool {
        row.hop == nil && conversation.spans[row.span].reading.role == .receive
    }
}

extension SpanKey {
    init(_ span: Span) { self.init(trace: span.trace, span: span.id) }
}

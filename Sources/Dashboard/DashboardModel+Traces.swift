import OTLPCoding
import TerminalUI
import TraceModel

extension DashboardModel {
    /// Exporters send what they hold within seconds; a minute holds retries too. Nanoseconds.
    private static let followedTime: UInt64 = 60_000_000_000

    /// The id that was typed or pasted behind `/` and is in no row of the list: a correlation ID, a trace or a message
    /// id may be anywhere in the store.
    var soughtConversation: String? {
        guard screen == .traces, list.rowCount == 0, !list.showsFaultsOnly else { return nil }
        let text = list.filter.text
        let isFields = (currentScreen.filterFields + ["is"]).contains { text.hasPrefix("\($0):") }
        return text.isEmpty || isFields || text.hasPrefix("-") || text.contains(where: \.isWhitespace) ? nil : text
    }

    /// Opens the selected conversation.
    mutating func openConversation() -> [Effect] {
        if let soughtConversation {
            waterfallOrigin = nil
            return openConversation(soughtConversation)
        }
        guard let item = list.selectedItem, facts.snapshot.conversations.indices.contains(item) else { return [] }
        // The list stays where it is while one looks at the conversation.
        moveSelection(to: list.position)
        waterfallOrigin = nil
        return openConversation(facts.snapshot.conversations[item].id)
    }

    /// Opens a conversation on Traces; asks for its spans where the snapshot brought none.
    mutating func openConversation(_ id: String) -> [Effect] {
        noteJump()
        defer { noteJump() }
        if screen != .traces {
            waterfallOrigin = screen
            _ = show(.traces)
        }
        guard let item = facts.snapshot.conversations.firstIndex(where: { $0.id == id }) else {
            let unknown = Conversation(
                id: id, correlationID: nil, traces: [], services: [], spans: [], hops: [], state: .complete, start: 0,
                end: 0)
            waterfall = Waterfall(unknown, facts: facts.read(unknown))
            return [.loadConversation(id: id)]
        }
        waterfall = Waterfall(facts.snapshot.conversations[item], facts: facts.conversations[item])
        return facts.snapshot.conversations[item].spans.isEmpty ? [.loadConversation(id: id)] : []
    }

    mutating func showSequence() -> [Effect] {
        changeWaterfall { [facts, settings] in
            $0.sequence = ConversationSequence($0.conversation, names: facts.names, glyphs: settings.glyphs)
        }
    }

    /// Shows a conversation that was loaded for the waterfall in front.
    mutating func showWaterfall(of conversation: Conversation) {
        waterfall?.update(conversation, facts: facts.read(conversation))
        refreshWaterfallScrolling()
    }

    /// The listed conversation of a name. What was named by its trace may have got its correlation ID since, and with it
    /// other spans.
    private func listedNumber(of id: String) -> Int? {
        let listed = facts.snapshot.conversations
        if let number = listed.firstIndex(where: { $0.id == id }) { return number }
        guard let trace = TraceID(hex: id) else { return nil }
        return listed.firstIndex { $0.traces.contains(trace) }
    }

    /// The conversation in front among the listed ones.
    var listedNumberOfWaterfall: Int? { waterfall.flatMap { listedNumber(of: $0.conversation.id) } }

    /// Keeps the selection of Traces on its conversation when that gets its correlation ID, and lets go of one that left
    /// the newest ones: a selection that stayed at its place would be on another.
    mutating func followSelectedConversation() {
        guard let key = lists[.traces]?.selectedKey, until == nil else { return }
        let listed = facts.snapshot.conversations
        if let number = listedNumber(of: key) {
            lists[.traces]?.select(key: listed[number].id)
        } else if facts.snapshot.hasOlderConversations {
            lists[.traces]?.select(key: nil)
            guard screen == .traces, waterfall == nil else { return }
            notice = "\(key) left the newest \(listed.count); the first row is selected"
        }
    }

    /// Asks for the conversation in front once more while spans of it may still come, if the list does not tell of it.
    func followWaterfall() -> [Effect] {
        guard until == nil, let conversation = waterfall?.conversation, !conversation.spans.isEmpty,
            listedNumberOfWaterfall == nil,
            facts.snapshot.time < conversation.end + Self.followedTime
        else { return [] }
        return [.loadConversation(id: conversation.id)]
    }

    mutating func changeWaterfall(_ change: (inout Waterfall) -> Void) -> [Effect] {
        guard var changed = waterfall else { return [] }
        waterfall = nil
        change(&changed)
        waterfall = changed
        refreshWaterfallScrolling()
        return []
    }

    mutating func openSpan() -> [Effect] {
        if let span = waterfall?.sequence?.selected?.span { waterfall?.select(span) }
        guard let waterfall, let row = waterfall.selectedRow else { return [] }
        self.waterfall?.detail = SpanDetail(waterfall, row: row, names: facts.names, settings: settings)
        refreshWaterfallScrolling()
        return []
    }

    /// Shows the next or previous span in full.
    mutating func moveSpan(by step: Int) -> [Effect] {
        guard let waterfall else { return [] }
        let visible = waterfallRows
        if let sequence = waterfall.sequence {
            self.waterfall?.sequence?.move(to: sequence.position + step, visible: visible)
        } else {
            self.waterfall?.move(to: waterfall.position + step, visible: visible)
        }
        return openSpan()
    }

    /// Keeps the selected span on the screen.
    mutating func refreshWaterfallScrolling() {
        let visible = waterfallRows
        waterfall?.scroll(visible: visible)
        waterfall?.sequence?.scroll(visible: visible)
    }

    /// The spans that the screen shows at once.
    var waterfallRows: Int {
        waterfall?.sequence == nil
            ? WaterfallView.rowsArea(in: layout.list).height : SequenceView.rowsArea(in: layout.list).height
    }
}

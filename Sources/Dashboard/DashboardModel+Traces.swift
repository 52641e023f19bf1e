import TerminalUI
import TraceModel

extension DashboardModel {
    /// Opens the selected conversation; asks for its spans where the snapshot brought none.
    mutating func openConversation() -> [Effect] {
        guard let item = list.selectedItem, facts.snapshot.conversations.indices.contains(item) else { return [] }
        let conversation = facts.snapshot.conversations[item]
        // The list stays where it is while one looks at the conversation.
        moveSelection(to: list.position)
        waterfall = Waterfall(conversation, facts: facts.conversations[item])
        return conversation.spans.isEmpty ? [.loadConversation(id: conversation.id)] : []
    }

    /// Shows a conversation that was loaded for the waterfall in front.
    mutating func showWaterfall(of conversation: Conversation) {
        waterfall?.update(conversation, facts: facts.read(conversation))
        refreshWaterfallScrolling()
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
        guard let waterfall, let row = waterfall.selectedRow else { return [] }
        self.waterfall?.detail = SpanDetail(waterfall, row: row, names: facts.names, settings: settings)
        refreshWaterfallScrolling()
        return []
    }

    /// Shows the next or previous span in full.
    mutating func moveSpan(by step: Int) -> [Effect] {
        guard let waterfall else { return [] }
        let visible = waterfallRows
        self.waterfall?.move(to: waterfall.position + step, visible: visible)
        return openSpan()
    }

    /// Keeps the selected span on the screen.
    mutating func refreshWaterfallScrolling() {
        let visible = waterfallRows
        waterfall?.scroll(visible: visible)
    }

    /// The spans that the screen shows at once.
    var waterfallRows: Int { WaterfallView.rowsArea(in: layout.list).height }
}

import FlowMatching
import OTLPCoding
import TerminalUI
import Testing
import TraceModel

@testable import Dashboard

@Suite struct ConversationListTests {
    /// A snapshot of conversations by their ids, newest first.
    private func snapshot(_ ids: [String], at second: UInt64) -> LiveSnapshot {
        var snapshot = LiveSnapshot()
        snapshot.time = Sample.now + second * 1_000_000_000
        snapshot.conversations = ids.enumerated().map { index, id in
            let pieces = Sample.Pieces(trace: UInt64(index + 1), at: Sample.now)
            return Sample.conversation(id, [pieces.span(1, "order", "work", 0, 10)])
        }
        return snapshot
    }

    private func model(_ ids: [String], height: Int = 24) -> DashboardModel {
        var model = DashboardModel(size: Size(width: 80, height: height))
        _ = model.update(.data(FlowGraph(), snapshot(ids, at: 0)))
        model.press("4")
        return model
    }

    private func selected(_ model: DashboardModel) -> String? {
        model.list.selectedItem.map { model.facts.snapshot.conversations[$0].id }
    }

    @Test func `the selection stays on its conversation while new ones arrive`() {
        var model = model(["c", "b", "a"])
        model.press("j")
        #expect(selected(model) == "b")
        _ = model.update(.data(FlowGraph(), snapshot(["f", "e", "d", "c", "b", "a"], at: 1)))
        #expect(selected(model) == "b")
        #expect(model.list.position == 4)
    }

    @Test func `the selected conversation stays on its line of the screen`() {
        let ids = (0..<100).map { "old-\($0)" }
        var model = model(ids)
        model.press(String(repeating: "j ", count: 30))
        let line = model.list.position - model.list.scrollOffset
        _ = model.update(.data(FlowGraph(), snapshot((0..<7).map { "new-\($0)" } + ids, at: 1)))
        #expect(selected(model) == "old-30")
        #expect(model.list.position - model.list.scrollOffset == line)
    }

    @Test func `a list that is only the newest part says so`() {
        var model = model(["b", "a"])
        #expect(model.text.contains(" 2 conversations "))
        var part = snapshot(["c", "b", "a"], at: 1)
        #expect(!model.text.contains("< older"))
        part.hasOlderConversations = true
        part.health.oldest = 1
        _ = model.update(.data(FlowGraph(), part))
        #expect(model.text.contains(" newest 3 conversations "))
        #expect(model.text.contains("< older"))
        model.press("/a <Enter>")
        #expect(model.text.contains(" 1 of newest 3 conversations "))
    }

    @Test func `an id that is in no row is looked for in the whole store`() {
        var model = model(["b", "a"])
        model.press("/예매-4711 <Enter>")
        #expect(model.text.contains("looks for this id in the whole store"))
        #expect(model.press("<Enter>") == [.loadConversation(id: "예매-4711")])
        let pieces = Sample.Pieces(trace: 77, at: Sample.now)
        var found = Sample.conversation("예매-4711", [pieces.span(1, "order", "work", 0, 10)])
        found.id = "another name of it"
        _ = model.update(.conversation(found))
        #expect(model.context == .waterfall)
        #expect(model.waterfall?.conversation.id == "another name of it")
        model.press("<Esc> <Esc>")
        #expect(model.list.rowCount == 2)
    }

    @Test func `an id that nothing in the store belongs to leads back to where one was`() {
        var model = model(["b", "a"])
        model.press("/예매-4711 <Enter> <Enter>")
        #expect(model.context == .waterfall)
        _ = model.update(.noConversation(id: "예매-4711"))
        #expect(model.context == .list(.traces))
        #expect(model.text.contains("no span in the store belongs to '예매-4711'"))
    }

    @Test(arguments: ["no<Space>such", "is:failed", "-a<Space>-b", "service:예매"])
    func `words and fields are a filter, and no id`(filter: String) {
        var model = model(["b", "a"])
        model.press("/\(filter) <Enter> <Enter>")
        #expect(model.context == .list(.traces))
        #expect(model.text.contains("no conversation is selected"))
    }

    @Test func `an untouched list follows the newest, and Home follows again`() {
        var model = model(["b", "a"])
        _ = model.update(.data(FlowGraph(), snapshot(["c", "b", "a"], at: 1)))
        #expect(selected(model) == "c")
        model.press("j g")
        _ = model.update(.data(FlowGraph(), snapshot(["d", "c", "b", "a"], at: 2)))
        #expect(selected(model) == "d")
    }

    @Test func `a selection that is gone stays at its place`() {
        var model = model(["d", "c", "b", "a"])
        model.press("j j")
        _ = model.update(.data(FlowGraph(), snapshot(["d", "c", "a"], at: 1)))
        #expect(selected(model) == "a")
        _ = model.update(.data(FlowGraph(), snapshot([], at: 2)))
        #expect(selected(model) == nil)
        _ = model.update(.data(FlowGraph(), snapshot(["z", "y"], at: 3)))
        #expect(selected(model) != nil)
    }

    @Test func `a selection that left the newest ones is let go, and one that gets its correlation ID is kept`() {
        func newest(_ ids: [String], at second: UInt64) -> DashboardMessage {
            var snapshot = snapshot(ids, at: second)
            snapshot.hasOlderConversations = true
            return .data(FlowGraph(), snapshot)
        }
        var model = model(["c", "b", "a"])
        model.press("j")
        #expect(selected(model) == "b")
        _ = model.update(newest(["e", "d", "c"], at: 1))
        #expect(selected(model) == "e")
        #expect(model.text.contains("b left the newest 3; the first row is selected"))

        let trace = TraceID(high: 0, low: 2).description
        _ = model.update(newest(["e", trace, "c"], at: 2))
        model.press("g j")
        #expect(selected(model) == trace)
        _ = model.update(newest(["e", "예매-2", "c"], at: 3))
        #expect(selected(model) == "예매-2")
    }

    @Test func `an open waterfall stays when its conversation leaves the list`() {
        var model = model(["b", "a"])
        model.press("j <Enter>")
        _ = model.update(.data(FlowGraph(), snapshot(["d", "c"], at: 1)))
        #expect(model.text.contains("┌ a · complete"))
        model.press("<Esc>")
        #expect(model.context == .list(.traces))
    }

    @Test func `a conversation that grows is read again`() {
        var model = model(["a"])
        var grown = snapshot(["a"], at: 1)
        let pieces = Sample.Pieces(trace: 1, at: Sample.now)
        grown.conversations[0] = Sample.conversation(
            "a", [pieces.span(1, "order", "work", 0, 10), pieces.span(2, "payment", "pay", 1, 2, parent: 1)])
        _ = model.update(.data(FlowGraph(), grown))
        model.press("/service:payment <Enter>")
        #expect(model.list.rowCount == 1)
    }
}

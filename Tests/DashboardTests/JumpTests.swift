@testable import Dashboard
import TerminalUI
import Testing
import TraceModel

@Suite struct JumpTests {
    @Test func `back and forth leads through what one looked at, with its filter and its row`() {
        var model = DashboardModel.sample()
        model.press("j j t")
        #expect(model.context == .list(.traces))
        model.press("<Enter>")
        #expect(model.context == .waterfall)
        model.press("[")
        #expect(model.context == .list(.traces))
        #expect(model.list.filter.text == "channel:order.completed")
        model.press("[")
        #expect(model.context == .list(.topics))
        #expect(model.focusedNode == .channel("order.completed"))
        model.press("] ]")
        #expect(model.context == .waterfall)
        #expect(model.press("]") == [])
        #expect(model.text.contains("you have not gone back"))
    }

    @Test func `going somewhere else forgets what lay ahead`() {
        var model = DashboardModel.sample()
        model.press("2 3 4 [ [ 6 ]")
        #expect(model.context == .list(.lint))
        model.press("[")
        #expect(model.context == .list(.services))
    }

    @Test func `a walk is a place to come back to`() {
        var model = DashboardModel.sample()
        model.press("j j <Right> <Right> 6 [")
        #expect(model.walk?.centre == .channel("inventory-orders"))
        #expect(model.context == .walk)
    }

    @Test func `a conversation that left the list is loaded again`() {
        var model = DashboardModel.sample()
        model.press("4 <Enter>")
        let id = model.waterfall?.conversation.id ?? ""
        model.press("1")
        var snapshot = Sample.snapshot
        snapshot.conversations = []
        _ = model.update(.data(Sample.graph, snapshot))
        #expect(model.press("[") == [.loadConversation(id: id)])
        #expect(model.text.contains("reading the spans"))
    }

    @Test func `no more places are kept than a person would go back through`() {
        var jumps = JumpList()
        for number in 0..<1_000 {
            jumps.note(Place(screen: .topics, filter: "\(number)", selectedKey: nil, walk: nil, conversation: nil))
        }
        #expect(jumps.places.count == JumpList.maximum)
        #expect(jumps.position == JumpList.maximum - 1)
    }
}

import TerminalUI
import Testing
import TraceModel

@testable import Dashboard

@Suite struct FlowsTests {
    private func progress(_ model: DashboardModel) throws -> FlowProgress {
        try #require(model.facts.flows.first)
    }

    private func model(_ change: (inout LiveSnapshot) -> Void, window: TimeWindow = .fiveMinutes) -> DashboardModel {
        var model = DashboardModel.sample(120, 40)
        while model.window != window { model.press("w") }
        var snapshot = Sample.snapshot
        snapshot.window = window
        change(&snapshot)
        _ = model.update(.data(Sample.graph, snapshot))
        model.press("3")
        return model
    }

    @Test func `each conversation counts once: complete, failed, under way or unfinished`() throws {
        let progress = try progress(model { _ in })
        #expect((progress.conversations, progress.complete, progress.failed) == (2, 1, 1))
        #expect((progress.underWay, progress.unfinished) == (0, 0))

        // It went all the way, and something failed.
        let failed = try self.progress(
            model { snapshot in
                snapshot.conversations = [Sample.booking]
                snapshot.conversations[0].state = .failed
            })
        #expect((failed.conversations, failed.complete, failed.failed) == (1, 0, 1))
    }

    @Test func `only conversations of the window count`() throws {
        // The failed one ended more than a minute ago.
        let progress = try progress(model({ _ in }, window: .minute))
        #expect((progress.conversations, progress.failed) == (1, 0))
    }

    @Test func `the frame says when the newest conversations are not all of the window`() {
        let whole = model { $0.hasOlderConversations = false }
        #expect(whole.text.contains("figures of the last 5m"))
        let partial = model { $0.hasOlderConversations = true }
        #expect(partial.text.contains("of the newest 3 conversations, since "))
        #expect(!partial.text.contains("figures of the last 5m"))
        // What is older lies before the window.
        let short = model({ $0.hasOlderConversations = true }, window: .minute)
        #expect(short.text.contains("figures of the last 1m"))
    }

    @Test func `Esc goes back from the conversations of a flow, and from a filter of one's own it does not`() {
        var model = model { _ in }
        model.press("t")
        #expect(model.context == .list(.traces) && model.list.filter.text == "flow:concert-booking")
        #expect(model.text.contains("Esc back"))
        model.press("<Esc>")
        #expect(model.context == .list(.flows))
        model.press("4 /flow:concert-booking <Enter> <Esc>")
        #expect(model.context == .list(.traces) && model.list.filter.isEmpty)
    }

    @Test(arguments: ["3", "5", "6"])
    func `60x15 has room for what a row means`(screen: String) {
        var model = DashboardModel.sample(60, 15)
        model.press(screen)
        #expect(model.layout.hasPane)
        #expect(TableView.visibleRows(in: model.layout.list) >= 3)
    }

    @Test func `figures of another window are not given out as those of the new one`() {
        var model = model { _ in }
        model.press("1 w")
        #expect(model.text.contains("└─ reading"))
        #expect(!model.text.contains("figures of the last"))
        var snapshot = Sample.snapshot
        snapshot.window = .hour
        model.press("p")
        _ = model.update(.data(Sample.graph, snapshot))
        // Also where the picture is held still: it was asked for.
        #expect(model.text.contains("figures of the last 1h"))
    }
}

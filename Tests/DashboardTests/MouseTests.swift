@testable import Dashboard
import TerminalUI
import Testing
import TraceModel

@Suite struct MouseTests {
    /// Where a text first stands on the screen, in cells.
    private func place(of text: String, in model: DashboardModel) throws -> Position {
        let buffer = model.drawn()
        for y in 0..<buffer.size.height {
            for x in 0..<buffer.size.width {
                var found = ""
                var column = x
                while found.count < text.count, column < buffer.size.width {
                    found += buffer[column, y].text
                    column += 1
                }
                if found == text { return Position(x: x, y: y) }
            }
        }
        throw Missing(text: text)
    }

    struct Missing: Error { var text: String }

    private func click(_ text: String, _ model: inout DashboardModel) throws -> [Effect] {
        let place = try place(of: text, in: model)
        return model.press("<Click:\(place.x),\(place.y)>")
    }

    @Test func `a click on a tab opens its screen`() throws {
        var model = DashboardModel.sample()
        _ = try click("4 Traces", &model)
        #expect(model.context == .list(.traces))
        _ = try click("5 Drift", &model)
        #expect(model.context == .list(.drift))
    }

    @Test func `a click selects a row, a second one opens it`() throws {
        var model = DashboardModel.sample()
        model.press("4")
        _ = try click("declined", &model)
        #expect(model.list.position == 1)
        _ = try click("declined", &model)
        #expect(model.waterfall?.conversation.id == "declined")
        _ = try click("payment booking", &model)
        #expect(model.waterfall?.position == 1)
        _ = try click("payment booking", &model)
        #expect(model.context == .span)
    }

    @Test func `a click on a title sorts, a second one turns round`() throws {
        var model = DashboardModel.sample()
        let rate = try #require(model.currentScreen.columns.firstIndex { $0.id == "rate" })
        _ = try click("RATE/s", &model)
        #expect(model.list.sort == SortChoice(column: rate, isDescending: true))
        _ = try click("RATE/s", &model)
        #expect(model.list.sort == SortChoice(column: rate, isDescending: false))
    }

    @Test func `a click on a neighbour in the picture goes there`() throws {
        var model = DashboardModel.sample(120, 40)
        model.press("j j")
        _ = try click("⊟ notification-orders ▶", &model)
        #expect(model.walk?.centre == .channel("notification-orders"))
        _ = try click("⊚ order.completed  40", &model)
        #expect(model.walk?.centre == .channel("order.completed"))
    }

    @Test func `the wheel moves lists and texts`() {
        var model = DashboardModel.sample()
        model.press("<WheelDown:10,5> <WheelDown:10,5> <WheelUp:10,5>")
        #expect(model.list.position == 3)
        model.press("? <WheelDown:10,5>")
        guard case .help(let help) = model.overlay else {
            Issue.record("no help")
            return
        }
        #expect(help.scrollOffset == 3)
    }

    @Test func `a click anywhere breaks nothing`() {
        for keys in ["", "2", "3", "4", "4 <Enter>", "4 <Enter> <Enter>", "5", "6", "?", ":", "/"] {
            var model = DashboardModel.sample(60, 15)
            model.press(keys)
            for y in stride(from: -1, through: 16, by: 3) {
                for x in stride(from: -1, through: 61, by: 7) {
                    var copy = model
                    _ = copy.update(.terminal(.mouse(Mouse(.press, x: x, y: y))))
                    _ = copy.update(.terminal(.mouse(Mouse(.wheelDown, x: x, y: y))))
                    _ = copy.drawn()
                }
            }
        }
    }
}

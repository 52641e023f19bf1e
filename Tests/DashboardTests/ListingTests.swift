@testable import Dashboard
import TerminalUI
import Testing
import TraceModel

@Suite struct ListingTests {
    @Test func `Space marks rows, goes on, and marks survive a new snapshot`() {
        var model = DashboardModel.sample()
        model.press("<Space> j <Space>")
        #expect(model.list.marks == ["audit.mystery", "payment.completed"] || model.list.marks.count == 2)
        let marks = model.list.marks
        _ = model.update(.data(Sample.graph, Sample.snapshot))
        #expect(model.list.marks == marks)
        #expect(model.text.contains("2 marked, "))
        #expect(model.text.contains("●"))
    }

    @Test func `the marked rows are what a filter keeps, what ' visits and what y copies`() {
        var model = DashboardModel.sample()
        model.press("<Space> j j <Space> g")
        let marks = model.list.marks.sorted()
        #expect(marks.count == 2)
        #expect(model.press("y") == [.copy(marks.joined(separator: "\n"))])
        model.press("/is:marked <Enter>")
        #expect(model.list.rowCount == 2)
        model.press("<Esc> G '")
        #expect(
            model.list.selectedItem.map { marks.contains(model.currentScreen.key(of: $0, in: model.facts)) } == true)
        model.press("U")
        #expect(model.list.marks.isEmpty)
        #expect(model.press("'") == [])
        #expect(model.text.contains("no row is marked"))
    }

    @Test(arguments: ["1", "2", "3", "4", "5", "6"])
    func `faults only keeps what someone should look at, and Esc shows all`(screen: String) {
        var model = DashboardModel.sample()
        model.press(screen)
        let all = model.list.rowCount
        let faults = (0..<model.list.itemCount).count { model.currentScreen.isFaulty($0, in: model.facts) }
        model.press("!")
        #expect(model.list.rowCount == faults)
        #expect(model.text.contains("faults only"))
        model.press("<Esc>")
        #expect(model.list.rowCount == all)
    }

    @Test func `columns are shown, hidden, moved, sorted by and reset`() throws {
        var model = DashboardModel.sample(160, 30)
        #expect(!model.line(with: "CHANNEL").contains("LAG p99"))
        model.press("c")
        #expect(model.context == .columns)
        let columns = model.currentScreen.columns
        let p99 = try #require(columns.firstIndex { $0.id == "lag-p99" })
        guard case .columns(let chooser) = model.overlay else { return #expect(Bool(false)) }
        let place = try #require(chooser.order.firstIndex(of: p99))
        model.press(String(repeating: "j ", count: place) + "<Space> s")
        #expect(model.list.sort == SortChoice(column: p99, isDescending: true))
        model.press("K <Esc>")
        #expect(model.line(with: "CHANNEL").contains("LAG p99"))
        model.press("c 0 <Esc>")
        #expect(!model.line(with: "CHANNEL").contains("LAG p99"))
        #expect(model.list.columns == nil)
    }

    @Test func `a marked row keeps the sign of its fault`() {
        var model = DashboardModel.sample()
        model.press("j <Space>")
        #expect(model.line(with: " order.cancelled").isEmpty)
        #expect(model.line(with: "●!order.cancelled").hasPrefix("│●!"))
    }

    @Test func `columns without room say so, and an order by one of them is named`() {
        var model = DashboardModel.sample(80, 24)
        #expect(!model.line(with: "PUBLISHERS").contains("BROKER"))
        model.press("c j")
        #expect(model.line(with: "broker").contains("no room"))
        #expect(!model.line(with: "publishers").contains("no room"))
        model.press("s <Esc> <Esc>")
        #expect(
            model.line(with: "┌ Topics").contains("by BROKER▲"))
        model.press("s")
        #expect(!model.line(with: "┌ Topics").contains("by PUBLISHERS"))
    }

    @Test func `a moment of another day keeps its time of day on a narrow screen`() {
        var model = DashboardModel.sample(80, 24)
        model.press("4")
        #expect(model.text.contains("08:59:58"))
        var snapshot = Sample.snapshot
        snapshot.time += 2 * 86_400_000_000_000
        _ = model.update(.data(Sample.graph, snapshot))
        #expect(model.text.contains("01-15 08:59"))
    }

    @Test func `the last column stays`() {
        var chooser = ColumnChooser(shown: [3], usual: [0, 1], count: 5)
        chooser.toggle()
        #expect(chooser.shown == [3])
        chooser.position = 1
        chooser.toggle()
        chooser.move(by: -1)
        #expect(chooser.shown == [0, 3])
        chooser.move(by: -1)
        #expect(chooser.shown == [0, 3])
    }

    @Test func `column names are unique on each screen and every column says what it is`() {
        for screen in Screens.all {
            #expect(Set(screen.columns.map(\.id)).count == screen.columns.count)
            for column in screen.columns {
                #expect(!column.help.isEmpty && column.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
            }
        }
    }
}

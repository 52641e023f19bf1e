import TerminalUI
import Testing

@testable import Dashboard

@Suite struct SortTests {
    static let cases: [(screen: String, column: String, first: String, last: String)] = [
        ("1", "CHANNEL", "audit.mystery", "settlement-orders"),
        ("1", "BROKER", "order.cancelled", "seat.counts"),
        ("1", "RATE/s", "order.completed", "settlement-dlq"),
        ("1", "LAG p95", "payment.completed", "settlement-dlq"),
        ("1", "ERR", "payment.completed", "settlement-dlq"),
        ("2", "SERVICE", "gateway", "settlement"),
        ("2", "PUBS", "order", "settlement"),
        ("2", "SUBS", "inventory", "payment"),
        ("2", "WORK p95", "gateway", "legacy-job"),
        ("2", "ERR", "payment", "settlement"),
        ("4", "CONVERSATION", "0000000000000000", "declined"),
        ("4", "DURATION", "7f3a90c2-콘서트", "0000000000000000"),
        ("4", "FLOW", "7f3a90c2-콘서트", "0000000000000000"),
    ]

    @Test(arguments: cases)
    func `a column sorts its screen`(item: (screen: String, column: String, first: String, last: String)) throws {
        var model = DashboardModel.sample()
        model.press(item.screen)
        let column = try #require(model.currentScreen.columns.firstIndex { $0.title == item.column })
        model.sort(byClickOn: column)
        #expect(key(model, row: 0) == item.first)
        #expect(key(model, row: model.list.rowCount - 1) == item.last)
    }

    @Test func `nothing to compare comes last in either direction`() throws {
        var model = DashboardModel.sample()
        let lag = try #require(model.currentScreen.columns.firstIndex { $0.title == "LAG p95" })
        model.sort(byClickOn: lag)
        #expect(key(model, row: 8) == "settlement-dlq")
        model.sort(byClickOn: lag)
        #expect(model.list.sort == SortChoice(column: lag, isDescending: false))
        #expect(key(model, row: 8) == "settlement-dlq")
        #expect(key(model, row: 0) == "audit.mystery")
    }

    @Test func `s goes through the sortable columns and back to none, S turns round`() {
        var model = DashboardModel.sample()
        var seen: [Int?] = []
        repeat {
            model.press("s")
            seen.append(model.list.sort?.column)
        } while model.list.sort != nil && seen.count < 20
        let columns = model.currentScreen.columns
        let titles = seen.map { $0.map { columns[$0].title } }
        #expect(titles == ["CHANNEL", "BROKER", "PUBLISHERS", "SUBSCRIBERS", "RATE/s", "LAG p95", "ERR", nil])
        model.press("s S")
        #expect(key(model, row: 0) == "settlement-orders")
    }

    @Test func `the selection stays on its row when the order changes`() {
        var model = DashboardModel.sample()
        model.press("j j s S")
        #expect(model.focusedNode == .channel("order.completed"))
    }

    private func key(_ model: DashboardModel, row: Int) -> String? {
        model.list.item(atRow: row).map { model.currentScreen.key(of: $0, in: model.facts) }
    }
}

import TerminalUI
import Testing
import TraceModel

@testable import Dashboard

@Suite struct FilterTests {
    static let cases: [(screen: String, filter: String, rows: [String])] = [
        (
            "1", "",
            [
                "audit.mystery", "order.cancelled", "order.completed", "payment.completed", "seat.counts",
                "inventory-orders", "notification-orders", "settlement-orders", "settlement-dlq",
            ]
        ),
        ("1", "ordcom", ["order.completed"]),
        ("1", "ORDER.CA", ["order.cancelled"]),
        ("1", "주문완료", ["order.completed"]),
        ("1", "완료", ["order.completed", "payment.completed"]),
        ("1", "broker:kafka", ["audit.mystery", "payment.completed"]),
        ("1", "broker:kafka pay", ["payment.completed"]),
        (
            "1", "broker:",
            [
                "audit.mystery", "order.cancelled", "order.completed", "payment.completed", "seat.counts",
                "inventory-orders", "notification-orders", "settlement-orders", "settlement-dlq",
            ]
        ),
        ("1", "is:undocumented", ["audit.mystery"]),
        ("1", "is:unobserved", ["seat.counts", "settlement-dlq"]),
        ("1", "is:unconsumed", ["order.cancelled", "settlement-dlq"]),
        ("1", "is:dead-letters", ["settlement-dlq"]),
        ("1", "is:failing", ["payment.completed"]),
        ("1", "is:undoc", []),
        ("1", "kind:queue -settle -is:dead-letters", ["inventory-orders", "notification-orders"]),
        ("1", "subscriber:settlement", ["audit.mystery", "order.completed", "settlement-orders"]),
        ("1", "owner:team-order -broker:aws -broker:kafka", ["seat.counts"]),
        ("1", "planet:mars", []),
        ("2", "kind:gateway", ["gateway"]),
        ("2", "calls:payment", ["order"]),
        ("2", "subscribes:audit", ["settlement"]),
        ("2", "주문", ["order"]),
        ("3", "service:inventory", ["concert-booking"]),
        ("4", "is:failed", ["declined"]),
        ("4", "channel:order.completed", ["7f3a90c2-콘서트"]),
        ("4", "service:order", ["7f3a90c2-콘서트", "declined"]),
        ("4", "state:inventory", ["7f3a90c2-콘서트"]),
        ("4", "flow:booking -is:failed", ["7f3a90c2-콘서트"]),
        (
            "5", "is:unobserved seat",
            [
                "unobserved-consumer 'gateway' was not seen handling messages of 'seat.counts'",
                "unobserved-producer 'inventory' was not seen publishing to 'seat.counts'",
            ]
        ),
        ("6", "is:warning", ["missing-owner the channel '좌석' has no owner catalog/channels.yaml 3"]),
    ]

    @Test(arguments: cases)
    func `a filter leaves these rows`(item: (screen: String, filter: String, rows: [String])) {
        var model = DashboardModel.sample()
        model.press(item.screen)
        model.applyFilter(item.filter)
        #expect(rows(model) == item.rows)
    }

    @Test func `the list narrows with every letter, Esc brings the former filter back, Enter keeps it`() {
        var model = DashboardModel.sample()
        model.press("/pay")
        #expect(rows(model) == ["payment.completed"])
        model.press("<Esc>")
        #expect(rows(model).count == 9)
        model.press("/pay <Enter> / <C-u> seat <Esc>")
        #expect(rows(model) == ["payment.completed"])
        #expect(model.text.contains("Topics  /pay") && model.text.contains("1 of 9 channels"))
        model.press("<Esc>")
        #expect(rows(model).count == 9)
    }

    @Test func `Hangul can be typed and pasted into a filter`() {
        var model = DashboardModel.sample()
        model.press("/결제")
        #expect(rows(model) == ["payment.completed"])
        model.press("<C-u> <Paste:좌석>")
        #expect(rows(model) == ["seat.counts"])
    }

    @Test func `n and N go round the matches, and say why they cannot`() {
        var model = DashboardModel.sample()
        model.press("n")
        #expect(model.text.contains("the list is not filtered: press / first"))
        model.press("/order <Enter> n n")
        #expect(model.list.position == 2)
        model.press("N N N")
        #expect(model.list.position == model.list.rowCount - 1)
    }

    @Test func `an unknown field is named while it is typed`() {
        var model = DashboardModel.sample()
        model.press("/planet:mars")
        #expect(model.text.contains("no field 'planet'"))
    }

    @Test(arguments: [
        ("is:undoc", "is:undocumented?"), ("is:failling", "is:failing?"), ("-is:foo", "is: knows undocumented,"),
        ("is:marked", ""), ("is:new", ""), ("is:", ""),
    ])
    func `a word that is: does not know is answered with those it knows`(typed: String, words: String) {
        var model = DashboardModel.sample(120, 30)
        model.press("/\(typed)")
        let footer = model.text.split(separator: "\n").last ?? ""
        #expect(words.isEmpty ? !footer.contains("knows") && !footer.contains("?") : footer.contains(words))
        model.press("<Enter>")
        if typed.hasPrefix("is:f") { #expect(model.line(with: "is:failing?").hasPrefix("│")) }
    }

    @Test(arguments: [
        ("", "", true), ("", "x", true), ("a", "", false), ("oc", "order.completed", true),
        ("co", "order.completed", true), ("dro", "order", false), ("주료", "주문 완료", true), ("é", "É", true),
    ])
    func `letters match in their order`(pattern: String, text: String, matches: Bool) {
        #expect(fuzzyMatch(pattern, in: text) == matches)
    }

    private func rows(_ model: DashboardModel) -> [String] {
        (0..<model.list.rowCount).compactMap { model.list.item(atRow: $0) }.map {
            model.currentScreen.key(of: $0, in: model.facts)
        }
    }
}

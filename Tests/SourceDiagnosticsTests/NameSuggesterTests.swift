import SourceDiagnostics
import Testing

@Suite struct `name suggester` {
    @Test(
        arguments: [
            ("order.payed", "order.paid"),
            ("order.piad", "order.paid"),
            ("ORDER.PAID", "order.paid"),
            ("주문.완려", "주문.완료"),
            ("publish", "publishes"),
            ("telemetryNames", "telemetry-names"),
            ("xyz", nil),
            ("", nil),
            ("ab", nil),
        ] as [(String, String?)])
    func `finds what was meant within a third of the length`(name: String, expected: String?) {
        let names = ["order.paid", "order.shipped", "주문.완료", "publishes", "telemetry-names", "abc"]
        #expect(nearestName(to: name, among: names) == expected)
    }

    @Test func `takes the nearest, and of equally near ones the first`() {
        #expect(nearestName(to: "order-b", among: ["order-ccc", "order-a", "order-c"]) == "order-a")
        #expect(nearestName(to: "orders", among: ["order", "orders2", "ordersx"]) == "order")
    }

    @Test func `gives up once its budget is spent`() {
        var suggester = NameSuggester(["order.paid", "order.shipped"], budget: 2)
        #expect(suggester.nearest(to: "order.piad") == "order.paid")
        #expect(suggester.nearest(to: "order.piad") == nil)
    }
}

@Suite struct `source file` {
    @Test func `positions count lines and scalars`() {
        let file = SourceFile(path: "a", text: "가나\r\n다\rx\ny")
        #expect(file.lineStarts() == [0, 8, 12, 14])
        #expect(file.position(ofByte: 3) == (1, 2))
        #expect(file.position(ofByte: 11) == (2, 2))
        #expect(file.position(ofByte: 14) == (4, 1))
        #expect(file.position(ofByte: 999) == (4, 2))
    }
}

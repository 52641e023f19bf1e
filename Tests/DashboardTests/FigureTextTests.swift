import FlowMatching
import Testing
import TraceModel

@testable import Dashboard

@Suite struct FigureTextTests {
    @Test(arguments: [
        (0, "0"), (0.001, "<0.01"), (0.017, "0.02"), (0.5, "0.50"), (3, "3.0"), (41, "41.0"), (99.9, "99.9"),
        (99.96, "100"), (412.4, "412"), (999.6, "1.0k"), (1_234, "1.2k"), (12_345, "12k"), (3_400_000, "3.4M"),
        (.nan, "0"), (.infinity, "?"), (-1, "0"),
    ])
    func `rates are short`(rate: Double, text: String) {
        #expect(FigureText.rate(rate) == text)
    }

    @Test func `negative durations and the smallest one have a sign`() {
        #expect(FigureText.signedDuration(-3_000_000) == "-3.0ms")
        #expect(FigureText.signedDuration(.min).hasPrefix("-"))
    }

    @Test(arguments: [
        (0, 0, "00:00:00"), (1_768_467_600, 0, "09:00:00"), (1_768_467_600, 32_400, "18:00:00"),
        (1_768_467_600, -36_000, "23:00:00"), (1_768_467_600, 1_000_000, "22:46:40"),
    ])
    func `the time of day follows the zone`(second: UInt64, offset: Int, text: String) {
        #expect(FigureText.clock(second * 1_000_000_000, secondsFromUTC: offset) == text)
    }

    @Test(arguments: [
        (0, "0.0%"), (3, "0.3%"), (12, "1.2% !"), (94, "9.4% !"), (265, "27% !"), (999, "100% !"), (1_000, "100% !"),
    ])
    func `a share of errors and its mark fit their column`(errors: Int, text: String) {
        var edge = FlowEdge(kind: .consumes, from: "a", to: "b")
        (edge.figures.count, edge.figures.deliveries, edge.figures.errors) = (1_000, 1_000, errors)
        #expect(EdgeSummary([edge]).errorText == text)
        #expect(text.count <= 6)
    }

    @Test func `ages, shares, counts and badges`() {
        #expect(FigureText.age(of: 10, at: 5) == "now")
        #expect(FigureText.age(of: 0, at: 59_000_000_000) == "59s ago")
        #expect(FigureText.age(of: 0, at: 3_600_000_000_000) == "1h ago")
        #expect(FigureText.percent(0) == "0.0%")
        #expect(FigureText.percent(0.0001) == "<0.1%")
        #expect(FigureText.percent(0.9999) == "100%")
        #expect(FigureText.percent(7) == "100%")
        #expect(FigureText.counted(1, "hop") == "1 hop")
        #expect(FigureText.counted(1_500, "hop") == "1.5k hops")
        #expect(FigureText.badge(12, ascii: false) == "¹²")
        #expect(FigureText.badge(250, ascii: false) == "⁹⁹⁺")
        #expect(FigureText.badge(250, ascii: true) == "(99+)")
    }

    @Test func `long texts wrap between words`() {
        #expect(wrapped("who publishes, who subscribes", to: 15) == ["who publishes,", "who subscribes"])
        #expect(wrapped("주문 완료 알림", to: 9) == ["주문 완료", "알림"])
        #expect(wrapped("abcdefgh", to: 4) == ["abc…"])
        #expect(wrapped("x", to: 0) == [])
    }
}

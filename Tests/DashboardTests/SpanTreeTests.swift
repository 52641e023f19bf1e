import OTLPCoding
import Testing
import TraceModel

@testable import Dashboard

@Suite struct SpanTreeTests {
    private let pieces = Sample.Pieces(trace: 1, at: Sample.now)

    /// The tree as indented span ids, with the reason where it is not a plain parent or root.
    private func outline(_ conversation: Conversation) -> [String] {
        SpanTree(conversation).rows.map { row in
            let span = conversation.spans[row.span]
            let reason = row.attachment == .root || row.attachment == .parent ? "" : " \(row.attachment)"
            return String(repeating: ".", count: row.depth) + "\(span.trace.low):\(span.id.bits)\(reason)"
        }
    }

    @Test func `children stand below their parents in the order of their start`() {
        let spans = [
            pieces.span(3, "c", "", 20, 30, parent: 1), pieces.span(1, "a", "", 0, 100),
            pieces.span(4, "d", "", 21, 22, parent: 3), pieces.span(2, "b", "", 10, 15, parent: 1),
        ]
        #expect(outline(Sample.conversation("x", spans)) == ["1:1", ".1:2", ".1:3", "..1:4"])
    }

    @Test func `a consumer of another trace stands below the span that published its message`() {
        #expect(
            outline(Sample.booking) == [
                "1:1", ".1:2", "..1:3", "..1:4", "..1:5", "...1:6", "...2:7 joined", "...2:8 joined",
            ])
    }

    @Test func `a receiving span goes along with the message that its child handles`() {
        let other = Sample.Pieces(trace: 2, at: Sample.now)
        let spans = [
            pieces.span(1, "order", "publish", 0, 5, role: .publish, "t"), other.span(10, "stock", "receive", 20, 40),
            other.span(11, "stock", "process", 22, 38, parent: 10, role: .process, "q"),
        ]
        let hop = pieces.message("order", "stock", "q", 1, 11, in: other, wait: 17, .link)
        #expect(outline(Sample.conversation("x", spans, [hop])) == ["1:1", ".2:10 joined", "..2:11"])
    }

    @Test func `a span whose parent never arrived becomes an orphan root, unless a link leads somewhere`() {
        var linked = Sample.Pieces(trace: 2, at: Sample.now).span(7, "b", "", 9, 10, parent: 99)
        linked.links = [SpanLink(trace: TraceID(high: 0, low: 1), span: SpanID(bits: 2))]
        let spans = [pieces.span(2, "a", "", 5, 9, parent: 1), linked]
        #expect(outline(Sample.conversation("x", spans)) == ["1:2 orphan", ".2:7 joined"])
    }

    @Test func `circles are cut at their earliest span and lose nothing`() {
        let spans = [
            pieces.span(1, "a", "", 5, 9, parent: 3), pieces.span(2, "b", "", 1, 9, parent: 1),
            pieces.span(3, "c", "", 6, 9, parent: 2), pieces.span(4, "d", "", 7, 9, parent: 3),
            pieces.span(5, "self", "", 0, 9, parent: 5),
        ]
        #expect(outline(Sample.conversation("x", spans)) == ["1:5 cycle", "1:2 cycle", ".1:3", "..1:1", "..1:4"])
    }

    @Test func `the order of spans does not matter`() {
        let conversation = Sample.booking
        let expected = outline(conversation)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var shuffled = conversation
            shuffled.spans.shuffle(using: &random)
            #expect(outline(shuffled) == expected)
        }
    }

    @Test func `every span is there exactly once, whatever the parents`() {
        var generator = Steps(state: 7)
        for _ in 0..<200 {
            let count = Int(generator.next() % 40)
            let spans = (0..<count).map { index in
                pieces.span(UInt64(index + 1), "s", "", generator.next() % 50, 60, parent: generator.next() % 45)
            }
            let rows = SpanTree(Sample.conversation("x", spans)).rows
            #expect(rows.map(\.span).sorted() == Array(0..<count))
            for (index, row) in rows.enumerated() where row.parent >= 0 {
                #expect(row.parent < index && rows[row.parent].depth == row.depth - 1)
            }
        }
    }

    @Test func `a repeated span is shown each time`() {
        let span = pieces.span(1, "a", "", 0, 9)
        #expect(SpanTree(Sample.conversation("x", [span, span])).rows.count == 2)
    }

    @Test func `a chain and a fan of 10,000 spans take no time`() {
        let chain = (1...10_000).map { pieces.span($0, "s", "", $0, 20_000, parent: $0 - 1) }
        let fan = (1...10_000).map { pieces.span($0, "s", "", $0, 20_000, parent: $0 == 1 ? 0 : 1) }
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(SpanTree(Sample.conversation("x", chain)).rows.last?.depth == 9_999)
            #expect(SpanTree(Sample.conversation("x", fan)).rows.first?.descendants == 9_999)
        }
        // Half a second in a debug build on a slow machine; a quadratic pass would take minutes.
        #expect(time < .seconds(5))
    }
}

/// Numbers that are the same in every run.
struct Steps {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}

import OTLPCoding
import TerminalUI
import Testing
import TraceModel

@testable import Dashboard

@Suite struct WaterfallTests {
    @Test func `folding hides what a span caused, and unfolding shows it again`() {
        var model = DashboardModel.sample()
        model.press("4 <Enter> j <Left>")
        #expect(model.waterfall?.shown == [0, 1])
        #expect(model.line(with: "order POST").contains("+6"))
        model.press("<Right>")
        #expect(model.waterfall?.shown.count == 8)
        model.press("<Right>")
        #expect(model.waterfall?.position == 2)
        // A span that caused nothing leads to its parent.
        model.press("<Left>")
        #expect(model.waterfall?.position == 1)
    }

    @Test func `folding everything keeps the selection in sight`() {
        var model = DashboardModel.sample()
        model.press("4 <Enter> G z")
        #expect(model.waterfall?.shown == [0])
        #expect(model.waterfall?.position == 0)
        model.press("z")
        #expect(model.waterfall?.shown.count == 8)
    }

    @Test func `a search finds spans, also folded ones`() {
        var model = DashboardModel.sample()
        model.press("4 <Enter> z /inventory <Enter>")
        #expect(model.waterfall?.selectedSpan?.id == SpanID(bits: 7))
        model.press("n")
        #expect(model.waterfall?.selectedSpan?.id == SpanID(bits: 8))
        model.press("n")
        #expect(model.waterfall?.selectedSpan?.id == SpanID(bits: 7))
        model.press("N")
        #expect(model.waterfall?.selectedSpan?.id == SpanID(bits: 8))
    }

    @Test func `a search says how many spans match, and which one this is`() {
        var model = DashboardModel.sample()
        model.press("4 <Enter> /zzzz")
        let typing = model.text.split(separator: "\n").last ?? ""
        #expect(typing.contains("no span matches"))
        model.press("<Enter>")
        #expect(model.line(with: "┌").contains("/zzzz: no span matches"))
        model.press("n")
        #expect(model.notice == "'zzzz': no span matches")
        model.press("/ <C-u> order <Enter>")
        let number = model.waterfall?.matchText ?? ""
        #expect(number.contains(" of ") && model.line(with: "┌").contains("/order: \(number)"))
        model.press("n")
        #expect(model.waterfall?.matchText != number)
        model.press("/ <C-u> <Enter>")
        #expect(model.waterfall?.matchText == nil)
    }

    @Test func `Enter shows a span in full, and Esc goes back step by step`() {
        var model = DashboardModel.sample(100, 40)
        model.press("4 j <Enter> j <Enter>")
        for part in [
            "error: 카드가 거절되었습니다", "called by     order", "rpc.grpc.status_code  9", "booking.seat          A열 12번",
            "exception  +60ms", "exception.type  CardDeclined", "trace 00000000000000000000000000000009 span",
        ] {
            #expect(model.text.contains(part), "\(part)")
        }
        model.press("<Esc>")
        #expect(model.context == .waterfall)
        model.press("<Esc>")
        #expect(model.context == .list(.traces))
        #expect(model.list.position == 1)
    }

    @Test func `a second delivery says again, a failed span says failed`() {
        var model = DashboardModel.sample()
        model.press("4 <Enter>")
        #expect(model.line(with: "lag 196ms").contains("again"))
        model.press("<Esc> j <Enter>")
        #expect(model.line(with: "└ payment").contains("failed"))
    }

    @Test func `clocks that disagree are named and draw no wait`() {
        let pieces = Sample.Pieces(trace: 1, at: Sample.now)
        let other = Sample.Pieces(trace: 2, at: Sample.now)
        let spans = [
            pieces.span(1, "order", "publish", 50, 60, role: .publish, "t"),
            other.span(2, "stock", "process", 20, 40, role: .process, "t"),
        ]
        let hop = pieces.message("order", "stock", "t", 1, 2, in: other, wait: -30, .link)
        var model = DashboardModel(size: Size(width: 100, height: 20))
        var snapshot = LiveSnapshot()
        snapshot.conversations = [Sample.conversation("skewed", spans, [hop])]
        _ = model.update(.data(Sample.graph, snapshot))
        model.press("4 <Enter>")
        let line = model.line(with: "stock")
        #expect(line.contains("lag -30ms") && line.contains("clocks disagree") && !line.contains("┄"))
    }

    @Test func `a poll that began before the message is cut at the edge and drawn as a line`() {
        let pieces = Sample.Pieces(trace: 1, at: Sample.now)
        let other = Sample.Pieces(trace: 2, at: Sample.now - 20_000 * Sample.millisecond)
        let spans = [
            pieces.span(1, "order", "publish", 0, 100, role: .publish, "t"),
            other.span(2, "stock", "receive", 0, 20_050, role: .receive, "q"),
            other.span(3, "stock", "process", 20_060, 20_090, parent: 2, role: .process, "q"),
        ]
        let hop = pieces.message("order", "stock", "q", 1, 3, in: other, wait: 40, .link)
        var model = DashboardModel(size: Size(width: 100, height: 20))
        var snapshot = LiveSnapshot()
        snapshot.conversations = [Sample.conversation("polled", spans, [hop])]
        _ = model.update(.data(Sample.graph, snapshot))
        model.press("4 <Enter>")
        #expect(model.line(with: "polls q").contains("polls q ") && model.line(with: "polls q").contains("20s"))
        #expect(model.line(with: "polls q").contains("──────") && !model.line(with: "polls q").contains("█"))
        #expect(model.line(with: "0ms").contains("100ms"))
        #expect(model.line(with: "▼ q").contains("┄┄┄") && model.line(with: "▼ q").contains("lag 40ms"))
    }

    @Test func `times at the ends of what a number holds break nothing`() {
        var span = Sample.Pieces(trace: 1, at: 0).span(1, "a", "x", 0, 1)
        var hop = Sample.Pieces(trace: 1, at: 0).message(
            "b", "a", "t", 9, 1, in: Sample.Pieces(trace: 1, at: 0), wait: 1, .link)
        for (start, end, wait) in [
            (0, UInt64.max, Int64.max), (UInt64.max, 0, Int64.min), (UInt64.max, UInt64.max, 1), (1, 1, -1),
        ] {
            (span.start, span.end, hop.wait) = (start, end, wait)
            var model = DashboardModel(size: Size(width: 100, height: 20))
            var snapshot = LiveSnapshot()
            snapshot.time = end
            snapshot.conversations = [Sample.conversation("x", [span], [hop])]
            _ = model.update(.data(Sample.graph, snapshot))
            model.press("4 <Enter> <Enter>")
            #expect(model.text.contains("a x"))
        }
    }

    @Test func `a conversation in front is followed when its correlation ID comes late, and when it left the list`() {
        var model = DashboardModel.sample()
        var snapshot = Sample.snapshot
        let pieces = Sample.Pieces(trace: 77, at: Sample.now - 1_000 * Sample.millisecond)
        let first = [pieces.span(1, "member", "GetBalance", 5, 9, parent: 2)]
        snapshot.conversations = [Sample.conversation("0000000000000000000000000000004d", first)]
        snapshot.conversations[0].correlationID = nil
        snapshot.time += 1
        #expect(model.update(.data(Sample.graph, snapshot)) == [])
        model.press("4 <Enter>")
        #expect(model.waterfall?.conversation.spans.count == 1)

        let all = first + [pieces.span(2, "order", "POST /orders", 0, 12)]
        snapshot.conversations = [Sample.conversation("예매-77", all)]
        snapshot.time += 1
        #expect(model.update(.data(Sample.graph, snapshot)) == [])
        #expect(model.waterfall?.conversation.id == "예매-77")
        #expect(model.waterfall?.selectedSpan?.id == SpanID(bits: 1))

        snapshot.conversations = []
        snapshot.time += 1
        #expect(model.update(.data(Sample.graph, snapshot)) == [.loadConversation(id: "예매-77")])
        let late = Sample.conversation("예매-77", all + [pieces.span(3, "payment", "Charge", 3, 4, parent: 2)])
        #expect(model.update(.conversation(late)) == [])
        #expect(model.waterfall?.shown.count == 3)

        // After a minute nobody waits for more.
        snapshot.time += 70_000 * Sample.millisecond
        #expect(model.update(.data(Sample.graph, snapshot)) == [])
    }

    @Test func `a waterfall of 10,000 spans draws and folds at once`() {
        let pieces = Sample.Pieces(trace: 1, at: Sample.now)
        let spans = (1...10_000).map { pieces.span($0, "s", "work", $0, $0 + 5, parent: $0 / 2) }
        var snapshot = LiveSnapshot()
        snapshot.conversations = [Sample.conversation("large", spans)]
        var model = DashboardModel(size: Size(width: 120, height: 40))
        _ = model.update(.data(Sample.graph, snapshot))
        let clock = ContinuousClock()
        let time = clock.measure {
            model.press("4 <Enter> G z z <PageUp> /work <Enter> n")
            #expect(model.text.contains("s work"))
        }
        #expect(time < .seconds(5))
    }

    // MARK: - Time on cells

    @Test(arguments: [
        (UInt64?.none, UInt64(0), UInt64(100), "", "██████████", 0),
        (nil, 0, 5, "", "▌", 0),
        (nil, 95, 100, "", "▐", 9),
        (nil, 100, 100, "", "▐", 9),
        (nil, 25, 75, "", "▐████▌", 2),
        (20, 50, 60, "┄┄┄", "█", 2),
        (60, 50, 60, "", "█", 5),
        (nil, 500, 900, "", "▐", 9),
        (nil, 60, 40, "", "▌", 6),
    ])
    func `a bar shows waiting and work`(
        wait: UInt64?, from: UInt64, to: UInt64, waiting: String, work: String, lead: Int
    ) {
        let bar = TimeScale(start: 0, end: 100, width: 10)
            .bar(waitingFrom: wait, from: from, to: to, glyphs: .unicode)
        #expect(bar == TimeScale.Bar(lead: lead, waiting: waiting, work: work))
    }

    @Test func `a bar fits any width and any time`() {
        for width in 0...5 {
            for (from, to) in [(UInt64(0), UInt64.max), (UInt64.max, 0), (3, 3)] {
                let bar = TimeScale(start: 0, end: UInt64.max, width: width)
                    .bar(waitingFrom: 0, from: from, to: to, glyphs: .unicode)
                #expect(bar.lead + bar.waiting.count + bar.work.count <= width)
            }
        }
    }
}

@testable import Dashboard
import FlowMatching
import TerminalUI
import Testing
import TraceModel

@Suite struct PlainTests {
    private func model() -> DashboardModel {
        var model = DashboardModel(
            size: Size(width: 300, height: 100),
            settings: PlainLines.settings(secondsFromUTC: 0, catalogPath: "catalog"))
        _ = model.update(.catalog(Sample.catalog, Sample.findings))
        _ = model.update(.data(Sample.graph, Sample.snapshot))
        _ = model.update(.drift(Sample.drift))
        return model
    }

    @Test func `every row of every screen is a line of words`() {
        let model = model()
        let lines = PlainLines.lines(model)
        for screen in Screens.all {
            #expect(lines.contains { $0.hasPrefix("\(screen.title): \(screen.itemCount(in: model.facts)) ") })
        }
        let line = lines.first { $0.contains("order.completed  주문 완료") } ?? ""
        #expect(line.contains("broker: aws-sns; publishers: order; subscribers: inventory, notification, settlement"))
        #expect(lines.contains { $0.hasPrefix("look here: audit.mystery undocumented") })
        #expect(!lines.joined().contains { "▁▂▃▄▅▆▇█┄▸●⊚⊟▲▼".contains($0) })
    }

    @Test func `a screen and a filter narrow the lines`() {
        let lines = PlainLines.lines(model(), screen: "topics", filter: "is:undocumented")
        #expect(lines.count == 2)
        #expect(lines[0] == "Topics: 1 of 9 channels, 1 to look at.")
    }

    @Test func `following tells what changed, once`() {
        var model = model()
        var events = PlainEvents()
        #expect(events.lines(model).isEmpty)
        #expect(events.lines(model).isEmpty)
        var graph = Sample.graph
        graph.edges.append(Sample.edge(.calls, "settlement", "order", "rest", count: 1, documented: false))
        var snapshot = Sample.snapshot
        snapshot.time += 1
        snapshot.health.rejected += 2
        snapshot.health.refusedRequests = 1
        snapshot.health.lastRefusal = "the request is longer than 67108864 bytes"
        snapshot.health.evictedSpans = 1_500
        snapshot.health.trouble = "disk full\u{1B}[2J"
        _ = model.update(.data(graph, snapshot))
        let context = DriftContext(catalog: Sample.catalog, graph: graph, evidence: Evidence())
        _ = model.update(.drift(DriftReport(findings: driftFindings(in: context), window: .fiveMinutes)))
        let lines = events.lines(model)
        #expect(
            lines.contains {
                $0.hasSuffix(
                    "drift warning: 'settlement' calls 'order', and the catalog does not say so (undocumented-call)")
            })
        #expect(lines.contains { $0.hasSuffix("2 spans rejected (malformed trace id)") })
        #expect(lines.contains { $0.hasSuffix("1 request refused (the request is longer than 67108864 bytes)") })
        #expect(lines.contains { $0.hasSuffix("1.5k spans evicted by retention") })
        #expect(lines.contains { $0.contains("trouble: disk full") && !$0.contains("\u{1B}") })
        #expect(events.lines(model).isEmpty)
    }
}

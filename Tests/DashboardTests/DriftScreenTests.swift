@testable import Dashboard
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import TerminalUI
import Testing
import TraceModel

@Suite struct DriftScreenTests {
    @Test func `the screen has the findings of the drift rules, and its tab counts them`() {
        let model = DashboardModel.sample()
        let findings = Sample.drift.findings
        #expect(findings.count == 4)
        #expect(model.facts.driftFindings == findings)
        #expect(model.text.contains("5 Drift⁴"))
        var drift = model
        #expect(drift.press("5") == [.refreshDrift])
        #expect(drift.text.contains("4 findings"))
        for finding in findings { #expect(drift.text.contains(finding.diagnostic.message.prefix(30))) }
    }

    @Test func `every rule is at hand: words, count, first and last seen, place, evidence`() {
        var model = DashboardModel.sample(160, 40)
        model.press("5 /mystery <Enter>")
        let line = model.line(with: "! warning")
        #expect(line.contains("undocumented-channel"))
        #expect(line.contains("180"))
        #expect(line.contains("1h ago"))
        #expect(line.contains("3s ago"))
        #expect(model.text.contains("'legacy-job' publishes to it: 180 messages"))
        #expect(model.text.contains("flowglass trace 0000000000000000000000000000004d"))
        #expect(model.text.contains("help  flowglass discover writes it down"))
    }

    @Test func `Enter opens the newest conversation in which it was seen, and Esc comes back`() {
        var model = DashboardModel.sample()
        model.press("5 /twice <Enter>")
        #expect(model.press("<Enter>") == [])
        #expect(model.context == .waterfall)
        #expect(model.waterfall?.conversation.id == Sample.booking.id)
        model.press("<Esc>")
        #expect(model.context == .list(.drift))
        #expect(model.list.selectedKey?.contains("twice") == true)
        model.press("4")
        #expect(model.context == .list(.traces))
    }

    @Test func `a conversation that is not in the list is asked for by its trace`() {
        var model = DashboardModel.sample()
        let trace = TraceID(high: 0, low: 77)
        #expect(model.press("5 /mystery <Enter> <Enter>") == [.refreshDrift, .loadConversation(id: trace.description)])
        var conversation = Sample.running
        conversation.id = "a correlation ID"
        conversation.traces = [trace]
        _ = model.update(.conversation(conversation))
        #expect(model.waterfall?.conversation.id == "a correlation ID")
        #expect(model.text.contains("tick"))
    }

    @Test func `a finding without a conversation says so`() {
        var model = DashboardModel.sample()
        model.press("5 /is:unobserved <Enter> <Enter>")
        #expect(model.context == .list(.drift))
        #expect(model.text.contains("no conversation shows it"))
    }

    @Test func `what only spans know is offered as catalog entries`() {
        var model = DashboardModel.sample()
        #expect(model.press("5 /mystery <Enter> d") == [.refreshDrift])
        guard case .preview(let preview) = model.overlay else {
            Issue.record("no preview")
            return
        }
        #expect(preview.fileName == "audit.mystery.yaml")
        #expect(
            preview.text == """
                services:
                  legacy-job: { publishes: [audit.mystery] }
                  # add to catalog/services.yaml:120
                  settlement: { subscribes: [audit.mystery] }
                topics:
                  audit.mystery: { broker: kafka }

                """)
        let effects = model.press("y S")
        #expect(
            effects == [.copy(preview.text), .saveFile(name: "audit.mystery.yaml", text: preview.text)])
    }

    @Test func `all entries are what discover writes`() {
        var model = DashboardModel.sample()
        model.press("5 D")
        guard case .preview(let preview) = model.overlay else {
            Issue.record("no preview")
            return
        }
        let proposal = CatalogProposal(catalog: Sample.catalog, graph: Sample.graph)
        #expect(preview.text == proposal.yaml(beside: Sample.catalog))
        #expect(preview.fileName == "observed.yaml")
    }

    @Test func `marked findings are written down together, and what was not seen is not`() {
        var model = DashboardModel.sample()
        model.press("5 /is:unobserved <Enter> d")
        #expect(model.overlay == nil)
        #expect(model.text.contains("only what was seen can be written down"))
        model.press("<Space> / <C-u> mystery <Enter> <Space> d")
        guard case .preview(let preview) = model.overlay else {
            Issue.record("no preview")
            return
        }
        #expect(preview.title == "Catalog entries for 2 findings")
    }

    @Test func `a rule is explained on Drift and on Lint`() {
        var model = DashboardModel.sample()
        #expect(model.press("5 /mystery <Enter> x") == [.refreshDrift, .explain(rule: "undocumented-channel")])
        #expect(model.press("6 x") == [.explain(rule: "unknown-reference")])
    }

    @Test func `findings of another stretch of time are not shown`() {
        var model = DashboardModel.sample()
        model.press("5")
        var other = Sample.drift
        other.findings = []
        other.window = .hour
        _ = model.update(.drift(other))
        #expect(model.facts.driftFindings.count == 4)
        model.press("w")
        #expect(model.text.contains("of another stretch of time: comparing"))
        _ = model.update(.drift(other))
        #expect(model.facts.driftFindings.isEmpty)
        #expect(model.text.contains("the catalog and the spans agree"))
    }

    @Test func `a picture that is held still keeps its findings`() {
        var model = DashboardModel.sample()
        model.press("5 p")
        _ = model.update(.drift(DriftReport(findings: [], window: .fiveMinutes, hasSpans: false)))
        #expect(model.text.contains("4 findings"))
        model.press("p")
        #expect(model.text.contains("no spans in the window: nothing can be compared"))
    }

    @Test func `fields narrow the findings`() {
        var model = DashboardModel.sample()
        for (filter, count) in [
            ("rule:undocumented-channel", 1), ("service:inventory", 2), ("channel:seat.counts", 2), ("is:warning", 2),
            ("is:unobserved", 2), ("file:services.yaml", 3),
        ] {
            model.press("5 / <C-u>")
            model.press("\(filter) <Enter>")
            #expect(model.list.rowCount == count, "\(filter)")
        }
    }

    @Test func `evidence from a part of the spans says so`() {
        var model = DashboardModel.sample()
        var report = Sample.drift
        report.newestSpans = 1_000_000
        _ = model.update(.drift(report))
        model.press("5")
        #expect(model.text.contains("from the newest 1.0M spans"))
    }

    @Test func `before the rules were asked nothing is claimed`() {
        var model = DashboardModel(size: Size(width: 80, height: 24))
        _ = model.update(.data(Sample.graph, Sample.snapshot))
        #expect(model.text.contains("5 Drift "))
        model.press("5")
        #expect(model.text.contains("comparing the catalog with the spans"))
    }
}

@testable import Dashboard
import FlowMatching
import TerminalUI
import Testing
import TraceModel

/// What arrives and what is lost, in words.
@Suite struct LossTests {
    private func model(_ width: Int = 120, _ change: (inout LiveSnapshot) -> Void) -> DashboardModel {
        var model = DashboardModel.sample(width, 30)
        var snapshot = Sample.snapshot
        change(&snapshot)
        _ = model.updateAtOnce(.data(Sample.graph, snapshot))
        return model
    }

    private func loses(_ snapshot: inout LiveSnapshot) {
        snapshot.health.evictedSpans = 16_000
        snapshot.health.evictedUntil = Sample.now
        snapshot.health.refusedRequests = 2
        snapshot.health.lastRefusal = "the request is longer than 67108864 bytes"
    }

    @Test func `the status line counts what was evicted, rejected and refused`() {
        let line = model { loses(&$0) }.text.split(separator: "\n").dropLast().last ?? ""
        #expect(line.contains("16k evicted, 3 rejected (malformed trace id), 2 requests refused"))
    }

    @Test func `the footer shows the way to the whole account only where something was lost`() {
        let quiet = model { _ in }.text.split(separator: "\n").last ?? ""
        let lossy = model(160) { loses(&$0) }.text.split(separator: "\n").last ?? ""
        #expect(!quiet.contains("store"))
        #expect(lossy.contains("I store"))
    }

    @Test func `the whole account says what happened, why, and where to read more`() {
        var model = model { loses(&$0) }
        model.press("I")
        for words in [
            "What the store holds", "Rejected: 3 spans", "The last: malformed trace id.", "Refused: 2 requests",
            "The last: the request is longer", "Evicted: 16k spans", "--keep-spans", "/metrics",
            "Documentation/Operating.md",
        ] {
            #expect(model.text.contains(words), "\(words)")
        }
    }

    @Test func `what joining gave up is told where it gave up anything`() {
        func account(_ published: Int, _ handled: Int) -> String {
            var model = model(160) {
                var givenUp = GivenUpMessages()
                (givenUp.withoutSubscriber, givenUp.withoutPublisher) = (published, handled)
                $0.health.givenUp = givenUp
            }
            model.press("I")
            return model.text
        }
        #expect(!account(0, 0).contains("Given up"))
        let text = account(1_200, 3)
        for words in ["Given up: 1.2k messages", "1.2k that nobody", "3 that nobody"] {
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test func `an empty store says what it waits for, on every width`() {
        let empty = { (snapshot: inout LiveSnapshot) in
            snapshot.health.spans = 0
            snapshot.health.spansPerSecond = []
            snapshot.health.rejected = 0
        }
        #expect(model(80, empty).text.contains("waiting for spans on 127.0.0.1:4318"))
        #expect(model(160, empty).text.contains("waiting for spans on 127.0.0.1:4318"))
        var drift = model(80, empty)
        drift.press("5")
        _ = drift.update(.drift(DriftReport(findings: [], window: .fiveMinutes, hasSpans: false)))
        #expect(!drift.text.contains("looks further back"))
        #expect(drift.text.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318"))
    }

    @Test func `before the comparison nothing is counted on Drift`() {
        var model = DashboardModel(size: Size(width: 80, height: 24))
        _ = model.update(.data(Sample.graph, Sample.snapshot))
        model.press("5")
        #expect(model.text.contains("comparing the catalog with the spans"))
        #expect(!model.text.contains("0 findings"))
        _ = model.update(.drift(DriftReport(findings: [], window: .fiveMinutes)))
        #expect(model.text.contains("0 findings"))
    }

    @Test func `spans of a file do not arrive, and nothing was refused`() {
        var settings = DashboardSettings()
        (settings.source, settings.isOfFiles) = ("spans.jsonl", true)
        var model = DashboardModel.sample(120, 30, settings: settings)
        #expect(!model.text.contains("spans/s"))
        model.press("I")
        #expect(model.text.contains("Read from spans.jsonl: nothing is received"))
        #expect(!model.text.contains("collector"))
    }

    @Test func `where another process collects, its refusals are looked for there`() {
        var model = model { _ in }
        model.press("I")
        #expect(model.text.contains("Refused requests: counted by the collector that fills this store"))
    }

    @Test func `a conversation that just began has a mark besides its colour, for a moment`() {
        let span = Sample.Pieces(trace: 77, at: Sample.now).span(1, "주문", "POST /orders", 0, 5)
        var model = model {
            $0.conversations = [Sample.conversation("fresh-one", [span]), Sample.conversation("fresh-two", [span])]
        }
        model.press("4")
        func rows(_ model: DashboardModel) -> [Substring] {
            model.text.split(separator: "\n").filter { $0.contains("fresh-") && $0.hasPrefix("\u{2502}") }
        }
        #expect(rows(model).allSatisfy { $0.dropFirst().hasPrefix("+ fresh-") })
        #expect(rows(model).count == 2)
        var later = Sample.snapshot
        later.time += 5_000_000_000
        later.conversations = model.facts.snapshot.conversations
        _ = model.updateAtOnce(.data(Sample.graph, later))
        #expect(!rows(model).contains { $0.dropFirst().hasPrefix("+") })
    }
}

import FlowMatching
import TerminalUI
import Testing
import TraceModel

@testable import Dashboard

/// The data of a large system come in beside the keys.
@Suite struct LearningTests {
    private static func graph(_ first: String) -> FlowGraph {
        var graph = FlowGraph()
        for number in 0..<6_000 {
            graph.channels.append(
                ChannelNode(name: number == 0 ? first : "채널-\(number)", system: "kafka", isDocumented: true))
        }
        return graph
    }

    private static func snapshot(_ second: UInt64) -> LiveSnapshot {
        var snapshot = Sample.snapshot
        snapshot.time += second * 1_000_000_000
        return snapshot
    }

    /// The one job that is asked for.
    private func job(_ effects: [Effect]) throws -> LearningJob {
        guard effects.count == 1, case .learn(let job) = effects[0] else { throw Failure(effects: effects) }
        return job
    }

    private struct Failure: Error { var effects: [Effect] }

    @Test func `a small system is shown at once, a large one when it was learned`() throws {
        var model = DashboardModel.sample()
        #expect(model.update(.data(Sample.graph, Self.snapshot(1))) == [])
        let job = try job(model.update(.data(Self.graph("first"), Self.snapshot(2))))
        #expect(model.text.contains("9 channels"))
        // Keys are answered meanwhile.
        model.press("2")
        #expect(model.text.contains("8 services"))
        #expect(model.update(job.run()) == [])
        model.press("1")
        #expect(model.text.contains("6000 channels") && model.text.contains("first"))
    }

    @Test func `of what arrives meanwhile only the newest is learned`() throws {
        var model = DashboardModel.sample()
        let first = try job(model.update(.data(Self.graph("first"), Self.snapshot(1))))
        #expect(model.update(.data(Self.graph("second"), Self.snapshot(2))) == [])
        #expect(model.update(.data(Self.graph("third"), Self.snapshot(3))) == [])
        let third = try job(model.update(first.run()))
        #expect(model.text.contains("first"))
        #expect(model.update(third.run()) == [])
        #expect(model.text.contains("third"))
    }

    @Test func `a catalog that came meanwhile is not lost`() throws {
        var model = DashboardModel.sample()
        let first = try job(model.update(.data(Self.graph("first"), Self.snapshot(1))))
        _ = model.update(.catalog(Sample.catalog, CatalogFindings()))
        let again = try job(model.update(first.run()))
        #expect(model.update(again.run()) == [])
        #expect(model.text.contains("first"))
        model.press("6")
        #expect(model.text.contains("0 findings"))
    }

    @Test func `what was learned while the picture is held still, or of another time, is not shown`() throws {
        var model = DashboardModel.sample()
        let paused = try job(model.update(.data(Self.graph("first"), Self.snapshot(1))))
        model.press("p")
        #expect(model.update(paused.run()) == [])
        #expect(!model.text.contains("first"))
        let resumed = try job(model.press("p"))
        model.press("@-2h <Enter>")
        #expect(model.until != nil)
        #expect(model.update(resumed.run()) == [])
        #expect(!model.text.contains("first"))
    }
}

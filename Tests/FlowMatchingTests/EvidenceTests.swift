import CatalogModel
import OTLPCoding
import Testing
import TraceModel

@testable import FlowMatching

@Suite struct EvidenceTests {
    static let catalog = """
        services:
          gateway: { calls: [{ service: order }] }
          order: { publishes: [order.completed] }
          mail: { subscribes: [order.completed] }
        topics:
          order.completed: { broker: kafka }
        """

    /// Requests with polling, a message handled twice, and one not handled.
    private func system(requests: UInt64) throws -> TestSystem {
        var system = try TestSystem(Self.catalog)
        for number in 0..<requests {
            let start = number * 1_000
            let request = system.serve("gateway", "POST /", start...start + 300)
            let sent = system.publish("order", "order.completed", start + 5, below: request)
            if number % 7 != 3 { system.handle("mail", "order.completed", start + 20...start + 90, from: sent) }
            if number % 5 == 1 { system.handle("mail", "order.completed", start + 200...start + 210, from: sent) }
            for ask in 1...3 as ClosedRange<UInt64> {
                system.call("gateway", "order", "GET /o", start + ask * 30...start + ask * 30 + 4, below: request)
            }
        }
        return system
    }

    @Test func `the order of arrival and repetition change nothing`() async throws {
        let system = try system(requests: 20)
        let expected = try await system.context().evidence
        #expect(expected.waits.count == 1 && expected.duplicates.count == 1 && expected.fates.count == 1)
        for seed in 0..<3 {
            let shuffled = try await system.context { batches in
                var dice = SystemRandomNumberGenerator()
                return seed == 0 ? batches.reversed() : (batches + batches).shuffled(using: &dice)
            }
            #expect(shuffled.evidence == expected)
        }
    }

    @Test func `looked at in small overlapping buffers, every span is judged once`() async throws {
        let system = try system(requests: 60)
        let graph = try await system.context().graph
        let now = system.spans.map(\.span.end).max()! + 3_600_000_000_000
        func evidence(margin: Int, core: Int) throws -> Evidence {
            var collector = EvidenceCollector(
                catalog: system.loaded.catalog, graph: graph, from: 0, now: now, margin: margin, core: core)
            for batch in try system.batches() { collector.add(batch) }
            return collector.finish()
        }
        let whole = try evidence(margin: 10_000, core: 10_000)
        #expect(whole.spans == system.spans.count)
        for core in [1, 7, 50] { #expect(try evidence(margin: 20, core: core) == whole) }
    }

    @Test func `spans before the window are left out`() throws {
        let system = try system(requests: 4)
        var collector = EvidenceCollector(
            catalog: system.loaded.catalog, graph: FlowGraph(), from: TestSystem.epoch + 2_000_000_000, now: .max)
        for batch in try system.batches() { collector.add(batch) }
        #expect(collector.finish().spans == system.spans.count { $0.span.start >= TestSystem.epoch + 2_000_000_000 })
    }
}

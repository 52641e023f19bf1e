import Dashboard
import CatalogModel
import FlowMatching
import TerminalUI
import TraceModel

/// The Topics screen at 200x60 over 100,000 channels, moving down a row between frames.
enum FrameBenchmark {
    static func run() {
        var graph = FlowGraph()
        for number in 0..<100_000 {
            let name = "주문.이벤트.\(number)"
            graph.channels.append(ChannelNode(name: name, kind: .topic, system: "kafka", isDocumented: true))
            graph.edges.append(FlowEdge(kind: .publishes, from: "order", to: name, system: "kafka", isDocumented: true))
        }
        graph.services = [ServiceNode(name: "order", isDocumented: true)]
        var model = DashboardModel(size: Size(width: 200, height: 60))
        var times: [Double] = []
        var effects: [Effect] = []
        let arrival = seconds { effects = model.updateAtOnce(.data(graph, LiveSnapshot())) }
        // What keys wait for when the same system comes again with other figures: the learning is done beside them.
        for index in graph.edges.indices { graph.edges[index].figures.count = index }
        var blocked = seconds { effects = model.update(.data(graph, LiveSnapshot())) }
        for case .learn(let job) in effects {
            let message = job.run()
            blocked += seconds { _ = model.update(message) }
        }
        for _ in 0..<500 {
            times.append(
                seconds {
                    _ = model.update(.terminal(.key(Key(.down))))
                    var buffer = Buffer(size: model.size)
                    model.render(into: &buffer)
                })
        }
        report("frame_p50_ms", median(times) * 1e3)
        report("frame_p99_ms", median(times, share: 0.99) * 1e3)
        report("snapshot_ms", arrival * 1e3)
        report("snapshot_blocked_ms", blocked * 1e3)
    }
}

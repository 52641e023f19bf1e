import CatalogModel
import DiagramExport
import FlowMatching
import TraceModel

/// Mermaid of a system with 10,000 edges, divided into an overview and parts.
enum MermaidBenchmark {
    static func run() throws {
        var graph = FlowGraph()
        // 1,000 services in 50 domains; each publishes to two topics of its own, and eight services hear them.
        for number in 0..<1000 {
            let domain = number / 20
            graph.services.append(ServiceNode(name: "서비스-\(number)", domain: "도메인 \(domain)", isDocumented: true))
            for topic in 0..<2 {
                let channel = "주문.\(number).\(topic)"
                graph.channels.append(
                    ChannelNode(
                        name: channel, kind: .topic, system: "kafka", domain: "도메인 \(domain)", isDocumented: true))
                graph.edges.append(
                    FlowEdge(kind: .publishes, from: "서비스-\(number)", to: channel, system: "kafka", isDocumented: true))
                for subscriber in 0..<4 {
                    let other =
                        subscriber < 3
                        ? domain * 20 + (number * 7 + subscriber * 5 + topic) % 20 : (number * 31 + 17) % 1000
                    graph.edges.append(
                        FlowEdge(
                            kind: .consumes, from: channel, to: "서비스-\(other)", system: "kafka", isDocumented: true))
                }
            }
        }
        graph.services.sort { $0.name < $1.name }
        graph.channels.sort { $0.name < $1.name }
        graph.edges.sort { ($0.kind.rawValue, $0.from, $0.to) < ($1.kind.rawValue, $1.from, $1.to) }
        var times: [Double] = []
        var pages = 0
        for _ in 0..<9 {
            times.append(try seconds { pages = try MermaidAtlas(graph: graph).pages().count })
        }
        report("mermaid_edges", Double(graph.edges.count))
        report("mermaid_pages", Double(pages))
        report("mermaid_ms", median(times) * 1e3)
    }
}

import FlowMatching
import TraceModel

extension FlowEdge {
    /// The places it leads between.
    var ends: (from: Node, to: Node) {
        switch kind {
        case .publishes: (.service(from), .channel(to))
        case .consumes: (.channel(from), .service(to))
        case .delivers: (.channel(from), .channel(to))
        case .calls: (.service(from), .service(to))
        }
    }
}

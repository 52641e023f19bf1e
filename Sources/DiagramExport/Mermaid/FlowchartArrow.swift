import FlowMatching
import TraceModel

/// All edges of one kind between the same two ends, as one arrow.
struct FlowchartArrow {
    let kind: EdgeKind
    let from: String
    let to: String
    let isDocumented: Bool
    let isObserved: Bool
    /// What kind of call, which group: what the arrow says beside whether it is documented.
    private let details: [String]

    /// The arrows of the edges, in the order in which the edges first come.
    static func arrows(of edges: [FlowEdge]) -> [FlowchartArrow] {
        struct Ends: Hashable {
            var kind: EdgeKind
            var from: String
            var to: String
        }
        var order: [Ends] = []
        var edgesOfEnds: [Ends: [FlowEdge]] = [:]
        for edge in edges {
            let ends = Ends(kind: edge.kind, from: edge.from, to: edge.to)
            if edgesOfEnds[ends] == nil { order.append(ends) }
            edgesOfEnds[ends, default: []].append(edge)
        }
        return order.map { FlowchartArrow(edgesOfEnds[$0] ?? [], kind: $0.kind, from: $0.from, to: $0.to) }
    }

    private init(_ edges: [FlowEdge], kind: EdgeKind, from: String, to: String) {
        self.kind = kind
        self.from = from
        self.to = to
        isDocumented = edges.contains(where: \.isDocumented)
        isObserved = edges.contains(where: \.isObserved)
        let details =
            switch kind {
            case .calls: edges.map { Self.name(ofProtocol: $0.system) }
            case .consumes: edges.map(\.group).filter { $0 != to }.map { $0.isEmpty ? "" : "group \($0)" }
            case .publishes, .delivers: [String]()
            }
        self.details = Set(details).filter { !$0.isEmpty }.sorted()
    }

    /// - Parameter marksUnobserved: Whether there are observations at all, so that their absence says something.
    func words(marksUnobserved: Bool) -> [String] {
        var words = details
        if !isDocumented { words.append("undocumented") }
        if marksUnobserved, !isObserved { words.append("not observed") }
        return words
    }

    /// Calls are thick; what is undocumented is dashed.
    var symbol: String {
        if !isDocumented { return "-.->" }
        return kind == .calls ? "==>" : "-->"
    }

    /// Names as people write them.
    private static func name(ofProtocol name: String) -> String {
        switch name {
        case "rest": "REST"
        case "grpc": "gRPC"
        case "grpc-web": "gRPC-Web"
        case "graphql": "GraphQL"
        case "soap": "SOAP"
        case "websocket": "WebSocket"
        case "": "call"
        default: name
        }
    }
}

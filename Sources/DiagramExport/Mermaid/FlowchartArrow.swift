import FlowMatching
import SourceDiagnostics
import TraceModel

/// All edges of one sort between the same two ends, as one arrow.
struct FlowchartArrow {
    let source: DiagramNode
    let target: DiagramNode
    /// A call; otherwise messages.
    let isCall: Bool
    let isDocumented: Bool
    let isObserved: Bool
    /// How many edges the arrow stands for.
    let count: Int
    /// What kind of call, which group: what the arrow says beside whether it is documented.
    var details: [String]

    struct Ends: Hashable {
        var source: DiagramNode
        var target: DiagramNode
        var isCall: Bool
        /// Told apart only between parts, where one arrow stands for many edges.
        var isUndocumented = false
    }

    /// The arrows of the edges, in the order in which the edges first come.
    static func arrows(of edges: [FlowEdge]) -> [FlowchartArrow] {
        arrows(of: edges.map { ($0.source, $0, $0.target) })
    }

    /// The same, where an end may stand for another part of the system.
    static func arrows(of edges: [(source: DiagramNode, edge: FlowEdge, target: DiagramNode)]) -> [FlowchartArrow] {
        var order: [Ends] = []
        var edgesOfEnds: [Ends: [FlowEdge]] = [:]
        for (source, edge, target) in edges {
            var ends = Ends(source: source, target: target, isCall: edge.kind == .calls)
            ends.isUndocumented = (source.isPart || target.isPart) && !edge.isDocumented
            if edgesOfEnds[ends] == nil { order.append(ends) }
            edgesOfEnds[ends, default: []].append(edge)
        }
        return order.map { FlowchartArrow(edgesOfEnds[$0] ?? [], $0) }
    }

    private init(_ edges: [FlowEdge], _ ends: Ends) {
        source = ends.source
        target = ends.target
        isCall = ends.isCall
        isDocumented = edges.contains(where: \.isDocumented)
        isObserved = edges.contains(where: \.isObserved)
        count = edges.count
        details = Self.details(of: edges, ends)
    }

    private static func details(of edges: [FlowEdge], _ ends: Ends) -> [String] {
        switch (ends.source.isPart, ends.target.isPart) {
        case (true, true):
            let channels = Set(edges.map { $0.kind == .consumes ? $0.from : $0.to })
            return [ends.isCall ? counted(edges.count, "call") : counted(channels.count, "channel")]
        case (true, false): return [shortList(edges.map(\.from), of: edges.first?.source)]
        case (false, true): return [shortList(edges.map(\.to), of: edges.first?.target)]
        case (false, false):
            let details =
                if ends.isCall {
                    edges.map { name(ofProtocol: $0.system) }
                } else {
                    edges.map { $0.group == $0.to || $0.group.isEmpty ? "" : "group \($0.group)" }
                }
            return Set(details).filter { !$0.isEmpty }.sorted()
        }
    }

    /// - Parameters:
    ///   - marksUndocumented: Whether there is a catalog to compare with.
    ///   - marksUnobserved: Whether there are observations at all, so that their absence says something.
    func words(marksUndocumented: Bool, marksUnobserved: Bool) -> [String] {
        var words = details
        if marksUndocumented, !isDocumented { words.append("undocumented") }
        if marksUnobserved, !isObserved { words.append("not observed") }
        return words
    }

    /// Calls are thick; what is undocumented is dashed.
    func symbol(marksUndocumented: Bool) -> String {
        if marksUndocumented, !isDocumented { return "-.->" }
        return isCall ? "==>" : "-->"
    }

    /// One or two names as they are, more as a number.
    private static func shortList(_ names: [String], of node: DiagramNode?) -> String {
        let names = Set(names).sorted()
        let noun = if case .channel = node { "channel" } else { "service" }
        return names.count <= 2 ? names.joined(separator: ", ") : counted(names.count, noun)
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

extension DiagramNode {
    var isPart: Bool { if case .part = self { true } else { false } }
}

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
    }

    /// The arrows of the edges, in the order in which the edges first come.
    static func arrows(of edges: [FlowEdge]) -> [FlowchartArrow] {
        arrows(of: edges, Array(edges.indices), node: { $0 }, ends: { (edges[$0].source, edges[$0].target) })
    }

    /// The same for some of the edges, where an end may stand for another part of the system. Between parts, calls and
    /// messages are one arrow, and what is undocumented is another.
    /// - Parameters:
    ///   - chosen: The indexes of the edges.
    ///   - node: What an end is drawn as.
    ///   - ends: The ends of the edge at an index; nil where it is not drawn.
    static func arrows<End: Hashable>(
        of edges: [FlowEdge], _ chosen: [Int], node: (End) -> DiagramNode, ends: (Int) -> (source: End, target: End)?
    ) -> [FlowchartArrow] {
        var groups: [(Ends, [Int])] = []
        var groupOfEnds: [Grouping<End>: Int] = [:]
        for index in chosen {
            guard let (source, target) = ends(index) else { continue }
            let (sourceNode, targetNode) = (node(source), node(target))
            let isCall = edges[index].kind == .calls && !(sourceNode.isPart && targetNode.isPart)
            let key = Grouping(
                source: source, target: target, isCall: isCall,
                isUndocumented: (sourceNode.isPart || targetNode.isPart) && !edges[index].isDocumented)
            if let group = groupOfEnds[key] {
                groups[group].1.append(index)
            } else {
                groupOfEnds[key] = groups.count
                groups.append((Ends(source: sourceNode, target: targetNode, isCall: isCall), [index]))
            }
        }
        return groups.map { ends, indexes in FlowchartArrow(indexes.map { edges[$0] }, ends) }
    }

    /// Undocumented edges are told apart only between parts, where one arrow stands for many edges.
    private struct Grouping<End: Hashable>: Hashable {
        var source: End
        var target: End
        var isCall: Bool
        var isUndocumented: Bool
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
            let calls = edges.count { $0.kind == .calls }
            let channels = Set(
                edges.filter { $0.kind != .calls }.map { $0.kind == .consumes ? $0.from : $0.to })
            return [(channels.count, "channel"), (calls, "call")].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
        case (true, false): return [shortList(edges.map(\.from), of: edges.first?.source)]
        case (false, true): return [shortList(edges.map(\.to), of: edges.first?.target)]
        case (false, false):
            let details =
                if ends.isCall {
                    edges.map { protocolName($0.system) }
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
}

/// A protocol as people write it: `REST`, `gRPC`.
func protocolName(_ name: String) -> String {
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

extension FlowchartArrow {
    var isBetweenParts: Bool { source.isPart && target.isPart }
}

extension DiagramNode {
    var isPart: Bool { if case .part = self { true } else { false } }
}

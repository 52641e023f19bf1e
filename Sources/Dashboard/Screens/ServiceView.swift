import FlowMatching
import TerminalUI
import TraceModel

/// What a row of Services says about one service.
struct ServiceView {
    private let service: ServiceNode
    private let inbound: [FlowEdge]
    private let outbound: [FlowEdge]
    /// Messages handled and calls served; of a service that does neither, what it sends and asks for.
    let summary: EdgeSummary

    init(_ service: ServiceNode, in facts: SystemFacts) {
        self.service = service
        inbound = facts.inbound(ofService: service.name)
        outbound = facts.outbound(ofService: service.name)
        let served = inbound.filter(\.isObserved)
        summary = EdgeSummary(served.isEmpty ? outbound : served)
    }

    var publishes: Int { Set(names(.publishes)).count }
    var subscribes: Int { Set(names(.consumes)).count }
    var calls: Int { Set(names(.calls)).count }
    var calledBy: Int { Set(inbound.filter { $0.kind == .calls }.map(\.from)).count }

    /// The channels and services at the other end of what it does.
    func names(_ kind: EdgeKind) -> [String] {
        switch kind {
        case .publishes, .calls: outbound.filter { $0.kind == kind }.map(\.to)
        case .consumes: inbound.filter { $0.kind == kind }.map(\.from)
        case .delivers: []
        }
    }

    func mark(_ theme: Theme) -> StyledText {
        if service.difference == .undocumented { return StyledText("?", theme.warning) }
        let isUndocumented = { (edge: FlowEdge) in edge.difference == .undocumented }
        return summary.isAlarming || inbound.contains(where: isUndocumented) || outbound.contains(where: isUndocumented)
            ? StyledText("!", theme.warning) : ""
    }
}

import FlowMatching
import TerminalUI
import TraceModel

/// What a row of Services says about one service.
struct ServiceView {
    let service: ServiceNode
    private let facts: SystemFacts
    private let inbound: [FlowEdge]
    private let outbound: [FlowEdge]
    /// Messages handled and calls served; of a service that does neither, what it sends and asks for.
    let summary: EdgeSummary

    init(_ service: ServiceNode, in facts: SystemFacts) {
        self.service = service
        self.facts = facts
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

    var series: [Int] { facts.rates.series(ofService: service.name) }

    /// First seen moments ago.
    var isNew: Bool { facts.isNew(.service(service.name), firstSeen: EdgeSummary(inbound + outbound).firstSeen) }

    func name(_ model: DashboardModel) -> StyledText {
        let theme = model.settings.theme
        let words = facts.words(for: service.difference)
        return StyledText(service.name) + (isNew ? StyledText(" new", theme.fresh) : "")
            + (words.map { StyledText(" \($0)", service.isDocumented ? theme.dim : theme.warning) } ?? "")
            + .title(service.title, behind: service.name, theme)
    }

    func mark(_ theme: Theme) -> StyledText {
        if service.difference?.lacksDefinition == true { return StyledText("?", theme.warning) }
        return isFaulty ? StyledText("!", theme.warning) : ""
    }

    /// Whether someone should look: errors, or edges that nobody wrote down.
    var isFaulty: Bool {
        let isUndocumented = { (edge: FlowEdge) in edge.difference == .undocumented }
        return service.difference?.lacksDefinition == true || summary.isAlarming
            || inbound.contains(where: isUndocumented)
            || outbound.contains(where: isUndocumented)
    }
}

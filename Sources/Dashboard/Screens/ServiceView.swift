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
    /// Messages handled and calls served.
    let handled: Int

    init(_ service: ServiceNode, in facts: SystemFacts) {
        self.service = service
        self.facts = facts
        inbound = facts.inbound(ofService: service.name)
        outbound = facts.outbound(ofService: service.name)
        let served = inbound.filter(\.isObserved)
        summary = EdgeSummary(served.isEmpty ? outbound : served)
        handled = served.isEmpty ? 0 : summary.messages
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
            + .title(service.title, behind: service.name, model.settings)
    }

    func mark(_ theme: Theme) -> StyledText {
        if service.difference?.lacksDefinition == true { return StyledText("?", theme.warning) }
        return isFaulty ? StyledText("!", theme.warning) : ""
    }

    /// Why someone should look, in a clause each; what is not in the catalog says so itself.
    var reasons: [String] {
        let errors = summary.isAlarming ? summary.errorShare.map { "\(FigureText.percent($0)) errors" } : nil
        guard service.isDocumented else { return [errors].compactMap(\.self) }
        let undocumented = (inbound + outbound).filter { $0.difference == .undocumented }.map { edge in
            switch edge.kind {
            case .publishes: "publishes to \(edge.to)"
            case .consumes: "subscribes to \(edge.from)"
            case .calls where edge.from == service.name: "calls \(edge.to)"
            case .calls, .delivers: "is called by \(edge.from)"
            }
        }
        return [errors, .undocumented(undocumented)].compactMap(\.self)
    }

    /// Whether someone should look: errors, or edges that nobody wrote down.
    var isFaulty: Bool {
        let isUndocumented = { (edge: FlowEdge) in edge.difference == .undocumented }
        return service.difference?.lacksDefinition == true || summary.isAlarming
            || inbound.contains(where: isUndocumented)
            || outbound.contains(where: isUndocumented)
    }
}

extension String? {
    /// `not in the catalog: calls payment, +2`; nil for nothing.
    static func undocumented(_ clauses: [String]) -> String? {
        clauses.first.map { "not in the catalog: \($0)" + (clauses.count > 1 ? ", +\(clauses.count - 1)" : "") }
    }
}

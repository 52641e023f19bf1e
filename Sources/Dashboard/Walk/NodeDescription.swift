import CatalogModel
import FlowMatching
import SourceDiagnostics
import TerminalUI

/// What is known about a channel or service in one line or two: guarantees, owner, where it is defined.
///
///     주문 완료 · topic on aws-sns · at-least-once · owner team-order · catalog/channels/orders.yaml:2
struct NodeDescription {
    private let what: [StyledText]
    private let whose: [StyledText]
    private let dot: StyledText

    init(_ node: Node, in facts: SystemFacts, _ settings: DashboardSettings) {
        let theme = settings.theme
        let owner: String?
        switch node {
        case .channel(let name):
            what = Self.parts(channel: name, facts, settings) + Self.quiet(node, facts, theme)
            owner = facts.catalog.channel(named: name)?.documentation.owner
        case .service(let name):
            what = Self.parts(service: name, facts, settings) + Self.quiet(node, facts, theme)
            owner = facts.catalog.service(named: name)?.documentation.owner
        }
        let place = FilePlace(of: node, in: facts.catalog).map { StyledText("\($0.path):\($0.line)", theme.dim) }
        let impact = facts.impacts.words(for: node).map { StyledText($0) }
        whose = [owner.map { StyledText("owner \($0)") }, impact, place].compactMap(\.self)
        dot = StyledText(" \(settings.glyphs.dot) ", theme.dim)
    }

    /// The description on so many lines: on the second, whose it is and where it is defined.
    func lines(_ count: Int) -> [StyledText] { count > 1 ? [joined(what), joined(whose)] : [joined(what + whose)] }

    private func joined(_ parts: [StyledText]) -> StyledText {
        parts.dropFirst().reduce(parts.first ?? "") { $0 + dot + $1 }
    }

    /// When something passed last, where nothing did in the time that the figures are of.
    private static func quiet(_ node: Node, _ facts: SystemFacts, _ theme: Theme) -> [StyledText] {
        let edges =
            switch node {
            case .channel(let name): facts.inbound(ofChannel: name) + facts.outbound(ofChannel: name)
            case .service(let name): facts.inbound(ofService: name) + facts.outbound(ofService: name)
            }
        let summary = EdgeSummary(edges)
        guard summary.attempts == 0, summary.lastSeen > 0 else { return [] }
        return [StyledText("quiet, last seen \(FigureText.age(of: summary.lastSeen, at: facts.moment))", theme.dim)]
    }

    /// Why there is a node that the catalog does not define.
    private static func undefined(_ isObserved: Bool?, _ theme: Theme) -> StyledText {
        StyledText(
            isObserved == true ? "seen in spans, not in the catalog" : "named in the catalog, not defined",
            theme.warning)
    }

    /// The title, or the name where there is none that can be shown, and why someone should look.
    private static func head(
        _ name: String, _ title: String?, reasons: [String], _ settings: DashboardSettings
    ) -> [StyledText] {
        let title = title.flatMap { settings.canShow($0) ? $0 : nil } ?? name
        let why = reasons.isEmpty ? [] : [StyledText("! " + reasons.joined(separator: ", "), settings.theme.warning)]
        return [StyledText(title, settings.theme.heading)] + why
    }

    private static func parts(
        channel name: String, _ facts: SystemFacts, _ settings: DashboardSettings
    ) -> [StyledText] {
        let theme = settings.theme
        let node = facts.channel(name)
        let documented = facts.catalog.channel(named: name)
        var view = node.map { ChannelView($0, in: facts) }
        var parts = head(
            name, documented?.documentation.title ?? node?.title, reasons: view?.reasons ?? [], settings)
        let system = node?.system ?? documented?.system?.rawValue ?? ""
        let kind = (documented?.kind ?? node.flatMap(facts.kind))?.rawValue ?? "channel"
        parts.append(StyledText(system.isEmpty ? kind : "\(kind) on \(system)"))
        guard let documented else {
            parts.append(undefined(node?.isObserved, theme))
            if let node, node.isTemporary { parts.append(StyledText("temporary reply channel")) }
            return parts
        }
        if let delivery = documented.delivery?.value { parts.append(StyledText(delivery)) }
        if let ordering = documented.ordering?.value { parts.append(StyledText("ordered: \(ordering)")) }
        if let deadLetter = documented.deadLetter?.value { parts.append(StyledText("dead letters to \(deadLetter)")) }
        if documented.deprecated != nil { parts.append(StyledText("deprecated", theme.warning)) }
        return parts
    }

    private static func parts(
        service name: String, _ facts: SystemFacts, _ settings: DashboardSettings
    ) -> [StyledText] {
        let theme = settings.theme
        let node = facts.service(name)
        let documented = facts.catalog.service(named: name)
        var parts = head(
            name, documented?.documentation.title ?? node?.title,
            reasons: node.map { ServiceView($0, in: facts).reasons } ?? [], settings)
        guard let documented else {
            return parts + [StyledText("service"), undefined(facts.service(name)?.isObserved, theme)]
        }
        parts.append(StyledText(documented.kind.rawValue))
        if let replicas = documented.replicas { parts.append(StyledText(FigureText.counted(replicas, "replica"))) }
        if let domain = documented.documentation.domain { parts.append(StyledText("domain \(domain)")) }
        return parts
    }
}

extension FilePlace {
    /// Where the catalog defines a channel or service.
    init?(of node: Node, in catalog: Catalog) {
        let span =
            switch node {
            case .channel(let name): catalog.channel(named: name)?.span
            case .service(let name): catalog.service(named: name)?.span
            }
        guard let span else { return nil }
        self.init(path: span.file, line: span.line)
    }
}

import DiagramExport
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import TraceModel

extension DriftScreen {
    static let ownActions = [
        Action(
            "example", keys: "<Enter>", group: .look, in: .contexts([.list(.drift)]),
            help: "the newest conversation in which it was seen", hint: "example",
            unless: { model in
                guard let finding = model.selectedDrift else { return "nothing is selected" }
                return finding.sightings.traces.isEmpty ? "no conversation shows it" : nil
            }
        ) { model in model.openExample() },
        Action(
            "discover", keys: "d", group: .take, in: .contexts([.list(.drift)]),
            help: "the catalog entries for it, or for the marked ones, to copy or save", hint: "write down",
            unless: { $0.obstacleToProposal }
        ) { model in model.previewProposal(of: model.chosenDrift) },
        Action(
            "discover-all", keys: "D", group: .take, in: .contexts([.list(.drift)]),
            help: "the catalog entries for everything undocumented, as `flowglass discover` writes them"
        ) { model in model.previewProposal(of: nil) },
        Action(
            "explain", keys: "x", group: .look, in: .contexts([.list(.drift), .list(.lint)]),
            help: "why the rule is there, with examples", hint: "explain",
            unless: { $0.selectedRule == nil ? "nothing is selected" : nil }
        ) { model in model.selectedRule.map { [.explain(rule: $0)] } ?? [] },
        Action(
            "drift-traces", keys: "t", group: .look, in: .contexts([.list(.drift)]),
            help: "the conversations that passed there", hint: "traces",
            unless: { model in
                guard let finding = model.selectedDrift else { return "nothing is selected" }
                return finding.isUnobserved ? "no span shows it" : nil
            }
        ) { model in
            guard let node = model.selectedDrift?.node else { return [] }
            return model.showTraces(filter: node.isChannel ? "channel:\(node.name)" : "service:\(node.name)")
        },
        Action(
            "go-there", keys: "o", group: .look, in: .contexts([.list(.drift)]),
            help: "the channel or service on its own screen", hint: "go there",
            unless: { model in
                guard let node = model.selectedDrift?.node else { return "nothing is selected" }
                return model.facts.knows(node) ? nil : "\(node.name) is on no other screen"
            }
        ) { model in model.selectedDrift.map { model.show($0.node) } ?? [] },
    ]
}

extension DashboardModel {
    /// Whether what is known of drift is about the stretch of time that is looked at.
    var isDriftCurrent: Bool { facts.drift?.window == window && facts.drift?.until == until }

    /// The finding that is selected on Drift.
    var selectedDrift: DriftFinding? {
        guard screen == .drift, let item = list.selectedItem, facts.driftFindings.indices.contains(item) else {
            return nil
        }
        return facts.driftFindings[item]
    }

    /// The marked findings of Drift; the selected one where none is marked.
    var chosenDrift: [DriftFinding] {
        let marked = facts.driftFindings.filter { list.marks.contains($0.key) }
        return marked.isEmpty ? [selectedDrift].compactMap(\.self) : marked
    }

    /// The rule of the finding that is selected on Drift or Lint.
    var selectedRule: String? {
        guard screen == .lint else { return selectedDrift?.diagnostic.rule }
        return list.selectedItem.map { facts.findings.diagnostics[$0].rule }
    }

    var obstacleToProposal: String? {
        let chosen = chosenDrift
        guard !chosen.isEmpty else { return "nothing is selected" }
        return chosen.contains { $0.sightings.count > 0 } ? nil : "only what was seen can be written down"
    }

    /// Opens the newest conversation in which the selected finding was seen.
    mutating func openExample() -> [Effect] {
        guard let trace = selectedDrift?.sightings.traces.first else { return [] }
        // The list stays where it is while one looks at the conversation.
        moveSelection(to: list.position)
        let known = facts.snapshot.conversations.first { $0.traces.contains(trace) }
        return openConversation(known?.id ?? trace.description)
    }

    /// Shows the catalog entries that would document some findings, or everything for nil.
    mutating func previewProposal(of findings: [DriftFinding]?) -> [Effect] {
        let proposal = CatalogProposal(catalog: facts.catalog, graph: facts.graph) { edge in
            findings?.contains { $0.subject.covers(edge) } ?? true
        }
        guard !proposal.additions.isEmpty else {
            notice = proposal.leftOut.first.map { "left out: \($0)" } ?? "everything that was seen of it is documented"
            return []
        }
        let title =
            findings.map { $0.count == 1 ? $0[0].node.name : "\($0.count) findings" } ?? "everything undocumented"
        let name = findings?.count == 1 ? findings?.first?.node.name : nil
        overlay = .preview(
            TextPreview(
                title: "Catalog entries for \(title)", text: proposal.yaml(beside: facts.catalog),
                fileName: FileNames.slug(of: name ?? "observed") + ".yaml"))
        return []
    }
}

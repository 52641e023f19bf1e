import CatalogModel
import SourceDiagnostics

/// A blast radius for a merge request or a wiki page.
struct ImpactMarkdown {
    let radius: BlastRadius
    let catalog: Catalog

    var text: String {
        var blocks = ["### \(markdownText(radius.headline(in: catalog)))\n"]
        blocks.append(
            table(
                "Fails at once", ["service", "", "because"],
                radius.failing.map { [label($0.service), $0.effect.words, way($0)] }))
        for (title, isLosing) in [("Loses messages", true), ("Only waits", false)] {
            blocks.append(
                table(
                    title, ["service", "", "because"],
                    radius.waiting.filter { ($0.effect == .loses) == isLosing }
                        .map { [label($0.service), $0.effect.words, way($0)] }))
        }
        blocks.append(
            table(
                "Messages", ["service", "channel", "", ""],
                radius.backlog.map { [label($0.service), $0.channel, $0.loss == nil ? "kept" : "lost", $0.reason] }))
        blocks.append(
            table("Flows", ["flow", "", "step"], radius.flows.map { [$0.flow, $0.words, $0.reason] }))
        blocks.append(
            table(
                "Ask", ["owner", "", "owns"],
                radius.owners.flatMap { owner in
                    owner.groups.map { effect, owned in
                        [
                            owner.owner ?? "nobody is named", effect?.words ?? "stops",
                            BlastRadius.OwnerImpact.words(for: owned),
                        ]
                    }
                }))
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func label(_ service: String) -> String {
        [service, catalog.service(named: service)?.documentation.title].compactMap(\.self).joined(separator: " ")
    }

    /// The edges of the way as sentences; of a long one the last.
    private func way(_ impact: BlastRadius.ServiceImpact) -> String {
        let links = radius.path(to: impact, last: 12)
        return (impact.distance > links.count ? "… " : "") + links.map(\.sentence).joined(separator: ", ")
    }

    private func table(_ title: String, _ heads: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        return "**\(title)**\n\n" + line(heads) + line(heads.map { _ in "---" })
            + rows.map { line($0.map(markdownText)) }.joined()
    }
}

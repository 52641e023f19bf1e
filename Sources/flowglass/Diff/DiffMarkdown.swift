import CatalogDiff
import SourceDiagnostics

/// Changes as the body of a merge request's comment: what breaks in sight, the rest folded.
struct DiffMarkdown {
    let comparison: CatalogComparison

    var text: String {
        var blocks = ["### \(headline)\n"]
        for impact in CatalogChange.Impact.allCases {
            let changes = comparison.changes.filter { $0.impact == impact }
            guard !changes.isEmpty else { continue }
            let table = Self.table(changes, withParties: impact != .safe)
            blocks.append(
                impact == .breaking
                    ? table
                    : "<details>\n<summary>\(changes.count) \(impact.rawValue)</summary>\n\n\(table)\n</details>\n")
        }
        return blocks.joined(separator: "\n")
    }

    /// `Event flow: 2 breaking and 3 safe changes, for mail and stock`
    private var headline: String {
        let hit = Set(comparison.changes.filter { $0.impact == .breaking }.flatMap(\.affected).map(\.service)).sorted()
        return "Event flow: \(comparison.summary)" + (hit.isEmpty ? "" : markdownText("; breaks \(quotedList(hit))"))
    }

    private static func table(_ changes: [CatalogChange], withParties: Bool) -> String {
        var text =
            withParties ? "| change | for | where |\n| --- | --- | --- |\n" : "| change | where |\n| --- | --- |\n"
        for change in changes {
            let parties = change.affectedByRole.map { role, parties in
                markdownText(
                    "\(role): "
                        + parties.map { party in party.owner.map { "\(party.service) (\($0))" } ?? party.service }
                        .joined(separator: ", "))
            }
            let place = (change.after ?? change.before).map { markdownText("\($0.file):\($0.line)") } ?? ""
            text += "| \(markdownText(change.message)) |"
            text += withParties ? " \(parties.joined(separator: "<br>")) |" : ""
            text += " \(place) |\n"
        }
        return text
    }
}

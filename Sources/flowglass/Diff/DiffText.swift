import CatalogDiff
import CatalogModel
import SourceDiagnostics
import TerminalText

/// Changes for people: what breaks with whom and where, what is safe in a line each.
struct DiffText {
    let comparison: CatalogComparison
    var usesColor = false

    var text: String {
        var text = ""
        for impact in CatalogChange.Impact.allCases {
            let changes = comparison.changes.filter { $0.impact == impact }
            guard !changes.isEmpty else { continue }
            text += paint(impact.rawValue, Self.color(of: impact) + ";1") + "\n"
            for change in changes { text += impact == .safe ? line(change) : block(change) }
            text += "\n"
        }
        return text + comparison.summary + "\n"
    }

    private func block(_ change: CatalogChange) -> String {
        var text = "  " + paint(displaySafe(change.message), "1") + "\n"
        for (roles, parties) in change.affectedByRole {
            let names = parties.map { party in party.owner.map { "\(party.service) (\($0))" } ?? party.service }
            text += "    " + displaySafe("\(roles)  \(names.joined(separator: ", "))") + "\n"
        }
        for (word, span) in change.places {
            text += "    " + paint(displaySafe("\(word)  \(span.file):\(span.line):\(span.column)"), "2") + "\n"
        }
        return text
    }

    private func line(_ change: CatalogChange) -> String {
        let place = change.after ?? change.before
        let suffix = place.map { "  \($0.file):\($0.line)" } ?? ""
        return "  \(displaySafe(change.message))" + paint(displaySafe(suffix), "2") + "\n"
    }

    private func paint(_ text: String, _ parameters: String) -> String {
        painted(text, parameters, if: usesColor)
    }

    private static func color(of impact: CatalogChange.Impact) -> String {
        switch impact {
        case .breaking: "31"
        case .risky: "33"
        case .safe: "32"
        }
    }
}

extension CatalogChange {
    /// `subscribers` and who they are, role by role.
    var affectedByRole: [(role: String, parties: [Party])] {
        Party.Role.allCases.compactMap { role in
            let parties = affected.filter { $0.role == role }.sorted()
            return parties.isEmpty ? nil : (role.rawValue + "s", parties)
        }
    }

    /// Where it stood and where it stands.
    var places: [(word: String, span: SourceSpan)] {
        [before.map { ("before", $0) }, after.map { ("after ", $0) }].compactMap(\.self)
    }
}

import FlowMatching
import OTLPCoding
import TerminalText
import TraceModel

/// The doctor's reports for people.
enum DoctorText {
    static func checkup(_ checkup: ServiceCheckup) -> String {
        var text = displaySafe(checkup.name) + (checkup.isDocumented ? "" : "  (not in the catalog)") + "\n"
        guard let seen = checkup.evidence else { return text + "  sent no spans in the window\n" }
        func line(_ title: String, _ value: String) {
            guard !value.isEmpty else { return }
            text +=
                "  \(title)\(String(repeating: " ", count: max(1, 12 - displayWidth(title))))\(displaySafe(value))\n"
        }
        line(
            "spans",
            "\(seen.spans), first \(timestampText(seen.firstSeen, milliseconds: true)), last \(timestampText(seen.lastSeen, milliseconds: true))"
        )
        line("kinds", counts(seen.kinds.map { ("\($0.key)", $0.value) }))
        line("parts", counts(seen.roles.filter { $0.key != .other }.map { ("\($0.key)", $0.value) }))
        line("scopes", counts(seen.scopes.filter { !$0.key.isEmpty }.map { ($0.key, $0.value) }))
        line("systems", counts(seen.systems.map { ($0.key, $0.value) }))
        line("conventions", counts(seen.generations.map { ($0.key, $0.value) }))
        line("out", published(seen))
        if seen.consumed > 0 {
            let by = seen.joinedBy.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
            line(
                "in",
                "\(seen.joined) of \(seen.consumed) handled messages lead to their publisher"
                    + (by.isEmpty ? "" : ": " + by.joined(separator: ", ")))
        }
        for advice in checkup.advice { text += "  ! " + displaySafe(advice) + "\n" }
        return text
    }

    /// Nobody handles a dead letter as a matter of course: a person looks at it.
    private static func published(_ seen: ServiceEvidence) -> String {
        var parts: [String] = []
        if seen.publishedToBeHandled > 0 {
            parts.append(
                "\(seen.publishedAndHandled) of \(seen.publishedToBeHandled) published messages were handled by somebody"
            )
        }
        if !seen.deadLetters.isEmpty {
            parts.append("dead letters that wait: \(counts(seen.deadLetters.map { ($0.key, $0.value) }))")
        }
        return parts.joined(separator: "; ")
    }

    /// `client 142, server 24`, most first.
    private static func counts(_ counts: [(name: String, count: Int)]) -> String {
        counts.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.map { "\($0.name) \($0.count)" }
            .joined(separator: ", ")
    }

    static func diagnosis(_ diagnosis: PairDiagnosis) -> String {
        var text = displaySafe("\(diagnosis.from) → \(diagnosis.to)") + "\n"
        for check in diagnosis.checks {
            let mark =
                switch check.outcome {
                case .good: "yes"
                case .bad: "NO "
                }
            text += "  \(mark)  \(displaySafe(check.seen))\n"
            if let remedy = check.remedy { text += "       help: \(displaySafe(remedy))\n" }
        }
        let edges = diagnosis.edges.map { edge in
            edge.kind == .calls
                ? "\(edge.from) calls \(edge.to)"
                : "\(edge.to) handles what \(diagnosis.from) publishes, from \(edge.from)"
        }
        text += edges.isEmpty ? "there is no observed edge\n" : edges.map { "edge: \(displaySafe($0))\n" }.joined()
        return text
    }
}

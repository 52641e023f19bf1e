import FlowMatching
import SourceDiagnostics
import TerminalText
import TraceModel

/// Coverage for people and for programs.
extension Coverage {
    /// A line for each kind, and the unseen edges with their places.
    var text: String {
        var text = "coverage: \(seen) of \(edges.count) documented edges seen (\(percent)%)\n"
        for kind in EdgeKind.allCases {
            let edges = edges(of: kind)
            guard !edges.isEmpty else { continue }
            text += "  \(kind.rawValue): \(edges.count { $0.isSeen }) of \(edges.count)\n"
        }
        for edge in unseen {
            let place = edge.span.map { "  (\($0.file):\($0.line))" } ?? ""
            text += "  not seen: \(displaySafe(edge.sentence))\(displaySafe(place))\n"
        }
        return text
    }

    var json: JSONValue {
        .object([
            ("documented", .number(edges.count)), ("seen", .number(seen)), ("percent", .number(percent)),
            (
                "kinds",
                .object(
                    EdgeKind.allCases.map { kind in
                        let edges = edges(of: kind)
                        let counts: JSONValue = [
                            "documented": .number(edges.count), "seen": .number(edges.count { $0.isSeen }),
                        ]
                        return (kind.rawValue, counts)
                    })
            ),
            (
                "unseen",
                .array(
                    unseen.map { edge in
                        [
                            "kind": .string(edge.kind.rawValue), "from": .string(edge.from), "to": .string(edge.to),
                            "location": edge.span.map(Facts.location) ?? .null,
                        ]
                    })
            ),
        ])
    }
}

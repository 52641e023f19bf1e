import FlowMatching
import SourceDiagnostics
import TerminalUI
import TraceModel

/// One difference in sentences: what spans show, what the catalog says, what to do.
struct DriftAdvice {
    let lines: [StyledText]

    init(_ item: DriftItem, in facts: SystemFacts, _ settings: DashboardSettings, width: Int) {
        let theme = settings.theme
        let figures = item.figures
        var seen = "nothing in the window of these figures"
        if figures.count > 0 {
            let noun = item.noun == "calls" ? "call" : "message"
            seen = FigureText.counted(figures.count, noun)
            if figures.firstSeen > 0 {
                seen += ", first \(FigureText.age(of: figures.firstSeen, at: facts.now))"
                seen += ", last \(FigureText.age(of: figures.lastSeen, at: facts.now))"
            }
            if figures.errors > 0 { seen += ", \(FigureText.count(figures.errors)) failed" }
        } else if item.difference == .undocumented {
            seen = "it was there"
        }
        let place = item.place(in: facts.catalog)
        let says = place.map { "\($0.file):\($0.line)" } ?? "nothing"
        lines =
            [
                StyledText("spans show    ", theme.dim) + StyledText(seen),
                StyledText("catalog says  ", theme.dim)
                    + StyledText(item.difference == .undocumented ? "nothing" : says),
            ]
            + wrapped(Self.advice(item), to: width - 14).enumerated().map { index, line in
                StyledText(index == 0 ? "what to do    " : "              ", theme.dim) + StyledText(line)
            }
    }

    private static func advice(_ item: DriftItem) -> String {
        guard item.difference == .undocumented else {
            return "look whether it still exists, is rare, or sends no spans; e opens the catalog where it is written"
        }
        switch item.subject {
        case .edge(let edge):
            let other = "or find out why it happens; t shows conversations that passed there"
            switch edge.kind {
            case .publishes: return "add '\(edge.to)' to what '\(edge.from)' publishes, \(other)"
            case .consumes: return "add '\(edge.from)' to what '\(edge.to)' subscribes to, \(other)"
            case .delivers: return "add '\(edge.to)' to what '\(edge.from)' delivers to, \(other)"
            case .calls where edge.isCallBack:
                return "'\(edge.from)' handles messages of '\(edge.to)' and calls it back, a hidden synchronous "
                    + "dependency: put what it asks for into the message, or document the call"
            case .calls: return "add '\(edge.to)' to what '\(edge.from)' calls: it depends on it, \(other)"
            }
        case .channel(let channel): return "define the channel '\(channel.name)' in the catalog"
        case .service(let service): return "define the service '\(service.name)' in the catalog"
        }
    }
}

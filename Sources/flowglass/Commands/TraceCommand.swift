import ArgumentParser
import Dashboard
import FlowMatching
import Foundation
import SourceDiagnostics
import TerminalText
import TerminalUI
import TraceModel
import TraceStore

struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "One conversation as a waterfall.",
        discussion: """
            ID is a correlation ID, a trace id, or a message id.

            EXAMPLES
              flowglass trace 7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70
              flowglass trace 0af7651916cd43dd8448eb211c80319c --json
            """)

    @Argument(help: "A correlation ID, a trace id, or a message id.", completion: .conversation)
    var id: String

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: JSONOptions

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        let reader = try store.reader(catalog)
        let now = currentTime()
        let (found, edges) = try commandResult { (try reader.conversation(id), try reader.edges(.all, now: now)) }
        guard var conversation = found else {
            throw CommandFailure("no span in \(store.path) belongs to '\(id)'")
        }
        let graph = FlowGraph(catalog: catalog, observed: edges)
        let matcher = FlowMatcher(catalog: catalog, graph: graph)
        conversation.state = matcher.state(of: conversation, now: now)
        let match = matcher.progress(of: conversation)
        if output.json {
            let names = NameResolver(catalog)
            var members = Facts.conversation(conversation, flow: match?.flow, names)
            members.removeAll { $0.0 == "hops" || $0.0 == "spans" }
            members += [
                ("steps", match.map(Facts.steps) ?? .null),
                ("warnings", .array(conversation.warnings.map { .string($0) })),
                ("hops", .array(conversation.hops.map { Facts.hop($0, names) })),
                ("spans", .array(conversation.spans.map { Facts.span($0, names) })),
            ]
            return Output.json(.object(members))
        }
        Output.write(waterfallText(of: conversation, catalog: catalog, width: Output.width ?? 120, glyphs: .unicode))
        if let match { Output.write(Self.text(match, graph)) }
    }

    /// `flow booking: 5 of 7 steps`, and what is missing, and what not even an edge of the catalog says, a line each.
    ///
    /// A flow names the steps that matter: what else is documented is no news.
    private static func text(_ match: FlowMatch, _ graph: FlowGraph) -> String {
        let documented = Set(graph.edges.filter(\.isDocumented).map { EdgeEnds($0) })
        func lines(_ word: String, _ events: [FlowEvent]) -> String {
            events.map { "  \(word)  \(displaySafe("\($0)"))\n" }.joined()
        }
        return "flow \(displaySafe(match.flow)): \(match.seen) of \(match.isSeen.count) steps\n"
            + lines("missing     ", match.missing)
            + lines("undocumented", match.unexpected.filter { !documented.contains($0.ends) })
    }
}

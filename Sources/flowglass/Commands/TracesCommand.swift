import ArgumentParser
import FlowMatching
import SourceDiagnostics
import TraceModel
import TraceStore

struct TracesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traces",
        abstract: "The newest conversations: all that happened because of one request, whatever traces it is in.",
        discussion: """
            EXAMPLES
              flowglass traces
              flowglass traces --limit 500 --json
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: JSONOptions

    @Option(help: ArgumentHelp("How many at the most.", valueName: "count"))
    var limit = 50

    func validate() throws {
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit wants a number from 1 to 100000, e.g. --limit 100")
        }
    }

    func run() throws {
        let catalog = try catalog.loadWithWarning()
        let reader = try store.reader(catalog)
        let now = currentTime()
        let (conversations, edges) = try commandResult {
            (try reader.conversations(limit: limit), try reader.edges(.all, now: now))
        }
        let matcher = FlowMatcher(catalog: catalog, graph: FlowGraph(catalog: catalog, observed: edges))
        let judged = conversations.map { conversation in
            var conversation = conversation
            conversation.state = matcher.state(of: conversation, now: now)
            return (conversation, matcher.progress(of: conversation)?.flow)
        }
        if output.json {
            let names = NameResolver(catalog)
            return Output.json(.array(judged.map { .object(Facts.conversation($0, flow: $1, names)) }))
        }
        if judged.isEmpty { return Talk.note("no conversations: no spans were received") }
        var table = TextTable([
            ("CONVERSATION", .left), ("START", .left), ("FLOW", .left), ("SERVICES", .right), ("HOPS", .right),
            ("SPANS", .right), ("DURATION", .right), ("STATE", .left),
        ])
        for (conversation, flow) in judged {
            table.add([
                conversation.id, timestampText(conversation.start, milliseconds: true), flow ?? "—",
                "\(conversation.services.count)",
                "\(conversation.hops.count)", "\(conversation.spans.count)", durationText(conversation.duration),
                conversation.state.rawValue,
            ])
        }
        Output.write(table.text)
    }
}

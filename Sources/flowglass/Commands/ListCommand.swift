import ArgumentParser
import CatalogModel
import SourceDiagnostics

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The topics, queues, services, flows, messages or brokers of the catalog.",
        discussion: """
            EXAMPLES
              flowglass list topics
              flowglass list services --json
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case topics, queues, channels, services, flows, messages, brokers
    }

    @Argument(help: "topics, queues, channels, services, flows, messages or brokers.")
    var kind: Kind

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: JSONOptions

    func run() throws {
        let catalog = try catalog.loadWithWarning(isNeeded: true)
        let rows = Self.rows(kind, of: catalog)
        if output.json {
            return Output.json(
                .array(
                    rows.map { row in
                        .object(
                            zip(Self.keys(kind), row.cells).map { ($0, .string($1)) }
                                + [("location", Facts.location(row.span))])
                    }))
        }
        if rows.isEmpty { return Talk.note("the catalog has no \(kind.rawValue)") }
        var table = TextTable(Self.keys(kind).map { ($0.uppercased(), .left) } + [("DEFINED", .left)])
        for row in rows { table.add(row.cells + ["\(row.span.file):\(row.span.line)"]) }
        Output.write(table.text)
    }

    private struct Row {
        var cells: [String]
        var span: SourceSpan
    }

    private static func keys(_ kind: Kind) -> [String] {
        switch kind {
        case .topics, .queues, .channels: ["name", "title", "kind", "broker", "owner"]
        case .services: ["name", "title", "kind", "owner"]
        case .flows: ["name", "title", "style", "steps", "owner"]
        case .messages: ["name", "title", "version", "owner"]
        case .brokers: ["name", "system", "url"]
        }
    }

    private static func rows(_ kind: Kind, of catalog: Catalog) -> [Row] {
        func channels(_ wanted: [Channel.Kind]) -> [Row] {
            catalog.channels.filter { wanted.contains($0.kind) }.map {
                Row(
                    cells: [
                        $0.name, $0.documentation.title ?? "", $0.kind.rawValue, $0.broker?.value ?? "",
                        $0.documentation.owner ?? "",
                    ], span: $0.span)
            }
        }
        switch kind {
        case .topics: return channels([.topic])
        case .queues: return channels([.queue])
        case .channels: return channels([.topic, .queue])
        case .services:
            return catalog.services.map {
                Row(
                    cells: [$0.name, $0.documentation.title ?? "", $0.kind.rawValue, $0.documentation.owner ?? ""],
                    span: $0.span)
            }
        case .flows:
            return catalog.flows.map {
                Row(
                    cells: [
                        $0.name, $0.documentation.title ?? "", $0.style?.value.rawValue ?? "", "\($0.steps.count)",
                        $0.documentation.owner ?? "",
                    ], span: $0.span)
            }
        case .messages:
            return catalog.messages.map {
                Row(
                    cells: [$0.name, $0.documentation.title ?? "", $0.version ?? "", $0.documentation.owner ?? ""],
                    span: $0.span)
            }
        case .brokers:
            return catalog.brokers.map { Row(cells: [$0.name, $0.system.rawValue, $0.url ?? ""], span: $0.span) }
        }
    }
}

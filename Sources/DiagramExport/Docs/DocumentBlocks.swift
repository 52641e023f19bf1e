import CatalogModel
import FlowMatching
public import SourceDiagnostics
import TraceModel

/// Writes what the markers of a document ask for.
public struct DocumentBlocks: Sendable {
    private let facts: SystemFacts
    private let sheet: FactSheet
    private let rules: String

    /// - Parameter rules: The table of lint rules as Markdown; what `flowglass:rules` shows.
    public init(_ system: ExportedSystem, rules: String) {
        facts = SystemFacts(system)
        sheet = FactSheet(facts, MarkdownLinks())
        self.rules = rules
    }

    /// The document with its blocks as they must be, and what is wrong with them. A block with a problem stays as it is.
    public func refresh(_ document: MarkedDocument) -> (text: String, problems: [Diagnostic]) {
        var problems = document.problems
        let contents = document.blocks.map { block -> String? in
            do throws(DocumentMarker.Problem) {
                return Self.withoutMarkers(try content(block.marker))
            } catch {
                problems.append(
                    Diagnostic(
                        rule: "marker", severity: .error, message: error.message, span: block.marker.span,
                        label: error.label, help: error.help))
                return nil
            }
        }
        return (document.text(with: contents), problems.inReportOrder())
    }

    /// What stands in a block must not look like its end, or like another marker: an example of a message may.
    private static func withoutMarkers(_ text: String) -> String {
        text.replacing(#/<!--(?=[ \t]*\/?flowglass)/#, with: "<! --")
    }

    private func content(_ marker: DocumentMarker) throws(DocumentMarker.Problem) -> String {
        switch marker.kind {
        case .mermaid:
            let block: MermaidBlock
            do throws(DiagramFailure) {
                block = try MermaidBlock(marker, facts.system)
            } catch {
                throw .init(message: error.description, label: "cannot be drawn", help: nil)
            }
            if let problem = block.problem { throw problem }
            return "```mermaid\n\(block.text)```"
        case .table: return try table(marker)
        case .owners: return sheet.tables.owners().text
        case .rules: return rules
        case .show: return try show(marker)
        }
    }

    private func table(_ marker: DocumentMarker) throws(DocumentMarker.Problem) -> String {
        let kinds = MarkdownTableKind.allCases.map(\.rawValue)
        guard let name = marker.options["of"] else {
            throw .init(
                message: "'flowglass:table' does not say of what", label: "has no 'of'",
                help: "write of=topics, or one of \(kinds.joined(separator: ", "))")
        }
        guard let kind = MarkdownTableKind(rawValue: name) else {
            throw .init(
                message: "there is no table of '\(name)'", label: "not a table",
                help: DocumentMarker.didYouMean(name, kinds))
        }
        let filter = MarkdownTables.Filter(domain: marker.options["domain"], owner: marker.options["owner"])
        return sheet.tables.table(kind, filter).text
    }

    /// The sheet of one thing, its sections as bold lines: headings belong to the document.
    private func show(_ marker: DocumentMarker) throws(DocumentMarker.Problem) -> String {
        guard let name = marker.options["name"] else {
            throw .init(
                message: "'flowglass:show' does not say what", label: "has no 'name'",
                help: "write name=order.completed")
        }
        let all: [(String, [String]?)] = [
            ("channel", sheet.channel(name)), ("service", sheet.service(name)), ("flow", sheet.flow(name)),
            ("message", sheet.message(name)),
        ]
        let wanted = marker.options["as"]
        guard let lines = all.first(where: { $0.1 != nil && (wanted == nil || wanted == $0.0) })?.1 else {
            let names = facts.graph.services.map(\.name) + facts.graph.channels.map(\.name) + facts.catalog.names
            throw .init(
                message: "nothing is called '\(name)'" + (wanted.map { " that is a \($0)" } ?? ""), label: "unknown",
                help: nearestName(to: name, among: names).map { "did you mean '\($0)'?" })
        }
        var text = lines.map { $0.hasPrefix("## ") ? "**\($0.dropFirst(3))**" : $0 }.joined(separator: "\n")
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}

import FlowMatching
import SourceDiagnostics
import TraceModel

/// CSV: one row an edge, as RFC 4180 has it.
///
/// A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP, "CSV Injection"), unless raw cells
/// are asked for.
public struct CSVExport: ExportFormat {
    public let name = "csv"
    public let summary = "one row an edge, for spreadsheets"

    public init() {}

    public func export(
        _ system: ExportedSystem, _ settings: ExportSettings
    ) throws(DiagramFailure) -> [ExportedFile] {
        let graph = try system.graph.part(settings.scope, of: system.catalog)
        let rows = [Self.titles] + graph.edges.map(Self.cells)
        let text = rows.map { $0.map { Self.cell($0, isRaw: settings.isRaw) }.joined(separator: ",") + "\r\n" }
        return [ExportedFile(path: "", text: text.joined())]
    }

    private static let titles = [
        "kind", "from", "to", "system", "group", "operation", "documented", "observed", "count", "errors", "duplicates",
        "file", "line",
    ]

    private static func cells(_ edge: FlowEdge) -> [String] {
        [
            edge.kindName, edge.from, edge.to, edge.system, edge.group,
            edge.operation, "\(edge.isDocumented)", "\(edge.isObserved)", "\(edge.figures.count)",
            "\(edge.figures.errors)", "\(edge.figures.duplicates)", edge.span?.file ?? "",
            edge.span.map { "\($0.line)" } ?? "",
        ]
    }

    static func cell(_ text: String, isRaw: Bool) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let cell = isFormula && !isRaw ? "'" + text : text
        let needsQuotes = cell.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) } || cell != text
        return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }
}

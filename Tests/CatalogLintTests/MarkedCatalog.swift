import SourceDiagnostics

/// A catalog in which `⟦…⟧` encloses what findings must cover.
struct MarkedCatalog {
    var text: String
    var spans: [SourceSpan]

    init(_ marked: String, path: String) {
        var view = String.UnicodeScalarView()
        var open: [SourceSpan] = []
        var done: [SourceSpan] = []
        var (line, column) = (1, 1)
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "⟦": open.append(SourceSpan(file: path, line: line, column: column))
            case "⟧":
                guard var span = open.popLast() else { continue }
                (span.endLine, span.endColumn) = (line, column)
                done.append(span)
            default:
                view.append(scalar)
                column += 1
                if scalar == "\n" { (line, column) = (line + 1, 1) }
            }
        }
        text = String(view)
        spans = done.sorted()
    }
}

/// The lines of one Mermaid diagram: front matter, the kind of diagram, and its statements, one on each line.
struct MermaidDocument {
    private var lines: [String] = []

    /// - Parameters:
    ///   - kind: `flowchart LR`, `sequenceDiagram`.
    ///   - description: What a screen reader says; one sentence.
    init(kind: String, title: String, description: String) {
        lines = [
            "---", "title: \(MermaidText.quoted(title))", "---", kind,
            "    accTitle: \(MermaidText.accessible(title))", "    accDescr: \(MermaidText.accessible(description))",
        ]
    }

    mutating func add(_ statement: String, depth: Int = 1) {
        lines.append(String(repeating: "    ", count: depth) + statement)
    }

    mutating func addBlank() {
        if lines.last != "" { lines.append("") }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// What Mermaid counts against its limit, generously: UTF-16 units of everything.
    var length: Int { lines.reduce(0) { $0 + $1.utf16.count + 1 } }
}

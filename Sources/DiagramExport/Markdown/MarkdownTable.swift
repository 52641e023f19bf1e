/// A table of GitHub-flavoured Markdown. Cells are Markdown already.
struct MarkdownTable {
    private let titles: [String]
    private var rows: [[String]] = []

    init(_ titles: [String]) { self.titles = titles }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var isEmpty: Bool { rows.isEmpty }

    /// Columns that are empty everywhere are left out; no newline at the end.
    var text: String {
        let kept = titles.indices.filter { column in column == 0 || rows.contains { !$0[column].isEmpty } }
        let lines = [kept.map { titles[$0] }, kept.map { _ in "---" }] + rows.map { row in kept.map { row[$0] } }
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

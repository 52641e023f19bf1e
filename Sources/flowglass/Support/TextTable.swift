import TerminalText

/// Columns of text that line up, whatever script the names are in.
struct TextTable {
    enum Alignment { case left, right }

    private let titles: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, alignment: Alignment)]) {
        titles = columns.map(\.title)
        alignments = columns.map(\.alignment)
    }

    mutating func add(_ cells: [String]) { rows.append(cells.map(displaySafe)) }

    /// A line for each row below the titles; no blanks at the ends of lines.
    var text: String {
        let widths = titles.indices.map { column in
            ([titles] + rows).map { displayWidth($0[column]) }.max() ?? 0
        }
        return ([titles] + rows).map { row in
            var line = ""
            for column in titles.indices {
                if column > 0 { line += "  " }
                let blanks = String(repeating: " ", count: widths[column] - displayWidth(row[column]))
                line += alignments[column] == .left ? row[column] + blanks : blanks + row[column]
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}

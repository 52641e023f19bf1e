/// The longer part of a command's help, in its parts: paragraphs, and blocks of lines that stay as they are.
///
///     Exit code 1 when …            a paragraph
///
///     EXAMPLES                      a title: capitals, with indented lines below it
///       flowglass lint              lines that stay as they are, without their common indent
struct HelpText: Equatable {
    enum Part: Equatable {
        case paragraph(String)
        case title(String)
        case lines([String])
    }

    var parts: [Part] = []

    init(_ text: String) {
        var paragraph: [String] = []
        var literal: [String] = []
        func flush(_ parts: inout [Part]) {
            if !paragraph.isEmpty { parts.append(.paragraph(paragraph.joined(separator: " "))) }
            while literal.last?.isEmpty == true { literal.removeLast() }
            if !literal.isEmpty { parts.append(.lines(Self.withoutIndent(literal))) }
            (paragraph, literal) = ([], [])
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.isEmpty {
                if literal.isEmpty { flush(&parts) } else { literal.append("") }
            } else if line.hasPrefix(" ") {
                if literal.isEmpty { flush(&parts) }
                literal.append(line)
            } else {
                if !literal.isEmpty { flush(&parts) }
                if paragraph.isEmpty, Self.isTitle(line) {
                    parts.append(.title(line))
                } else {
                    paragraph.append(line)
                }
            }
        }
        flush(&parts)
    }

    private static func isTitle(_ line: String) -> Bool {
        line.allSatisfy { $0.isUppercase || $0 == " " } && line.contains { $0.isUppercase }
    }

    private static func withoutIndent(_ lines: [String]) -> [String] {
        let indent = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { String($0.dropFirst(indent)) }
    }
}

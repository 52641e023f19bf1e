public import SourceDiagnostics

/// Makes the fixes that put one name in another's place, in the author's quotes, without touching anything around it.
///
/// There is none where that is not safe: where the text does not stand there as it is (an alias, an escape, a folded
/// text), in AsyncAPI documents, and in lines so long that no person wrote them.
public struct NameFixes: Sendable {
    private let sources: [String: SourceFile]
    private var lines: [String: SourceLines] = [:]
    /// How many fixes are made at most: more are mended in a second run.
    private var left = 2000

    private static let longestLine = 65_536

    public init(of loaded: LoadedCatalog) {
        self.init(loaded.sources.filter { !loaded.applicationFiles.contains($0.path) })
    }

    init(_ sources: [SourceFile]) {
        self.sources = Dictionary(sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The fix that replaces a whole scalar, or one part of a flow step's sentence.
    public mutating func replacing(_ name: String, with new: String, at span: SourceSpan) -> Fix? {
        edit(at: span) { Self.spelling(of: new, insteadOf: name, written: $0) }
            .map { Fix(title: "replace '\(name)' with '\(new)'", edits: [$0]) }
    }

    /// The fix that makes a list of the one scalar that stands at the span.
    mutating func listing(_ value: String, at span: SourceSpan) -> Fix? {
        let fix = edit(at: span) { text in
            let isPlain = text == value && isPlainName(value)
            return isPlain || text == "'\(value)'" || text == "\"\(value)\"" ? (0, "[\(text)]") : nil
        }
        return fix.map { Fix(title: "make it a list: [\(value)]", edits: [$0]) }
    }

    /// The edit of a span on one line. `spelling` sees the text, and says how many of its scalars stay and what stands
    /// in the others' place.
    private mutating func edit(
        at span: SourceSpan, spelling: (String) -> (kept: Int, text: String)?
    ) -> SourceEdit? {
        guard left > 0, span.line == span.endLine, let source = sources[span.file] else { return nil }
        if lines[span.file] == nil { lines[span.file] = SourceLines(source) }
        guard let file = lines[span.file], file.line(span.line).map({ $0.count <= Self.longestLine }) == true,
            let text = file.text(of: span), let new = spelling(text)
        else { return nil }
        left -= 1
        var place = span
        place.column += new.kept
        return SourceEdit(span: place, replacement: new.text)
    }

    /// How the new name is spelt where the old one is written as `text`: bare or in the same quotes, behind the same
    /// anchor or tag.
    private static func spelling(
        of new: String, insteadOf old: String, written text: String
    ) -> (kept: Int, text: String)? {
        var rest = text.unicodeScalars[...]
        while rest.first == "&" || rest.first == "!" {
            rest = rest.drop { $0 != " " && $0 != "\t" }.drop { $0 == " " || $0 == "\t" }
        }
        let kept = text.unicodeScalars.count - rest.count
        switch String(rest) {
        case old: return isPlainName(new) ? (kept, new) : nil
        case "'\(old)'": return new.contains("'") ? nil : (kept, "'\(new)'")
        case "\"\(old)\"": return new.contains("\"") || new.contains("\\") ? nil : (kept, "\"\(new)\"")
        default: return nil
        }
    }
}

/// Whether a name can stand without quotes anywhere in YAML, also within braces and within a longer text.
private func isPlainName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, !["null", "Null", "NULL"].contains(name) else { return false }
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    return isWord(first) && name.unicodeScalars.allSatisfy { isWord($0) || ".-/@+".unicodeScalars.contains($0) }
}

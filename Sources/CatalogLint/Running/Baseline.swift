public import SourceDiagnostics

/// Today's findings, written down so that only new ones fail.
///
/// A finding is known by rule, file and message, and by how often those three occur; not by its line, so that edits
/// elsewhere in a file bring nothing back. One line each, `RULE<TAB>FILE<TAB>MESSAGE`, sorted, so that a change reads
/// well.
public struct Baseline: Sendable, Equatable {
    private var known: [String: Int] = [:]

    private static let header = "# flowglass baseline: findings that are known. Written by flowglass lint.\n"

    public init(of diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { known[Self.line(of: diagnostic), default: 0] += 1 }
    }

    /// Reads a baseline file. Lines that start with `#` and empty ones count for nothing.
    public init(text: String) {
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            known[String(line), default: 0] += 1
        }
    }

    /// The file's text.
    public var text: String {
        let lines = known.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .flatMap { Array(repeating: $0.key, count: $0.value) }
        return Self.header + lines.map { $0 + "\n" }.joined()
    }

    /// The findings that are not in the baseline; of several equal ones those that come last.
    public func newFindings(in diagnostics: [Diagnostic]) -> [Diagnostic] {
        var left = known
        return diagnostics.filter { diagnostic in
            let line = Self.line(of: diagnostic)
            guard let count = left[line], count > 0 else { return true }
            left[line] = count - 1
            return false
        }
    }

    /// How many entries of the baseline no finding matches any more.
    public func staleCount(in diagnostics: [Diagnostic]) -> Int {
        let current = Baseline(of: diagnostics).known
        return known.reduce(0) { $0 + max(0, $1.value - (current[$1.key] ?? 0)) }
    }

    private static func line(of diagnostic: Diagnostic) -> String {
        [diagnostic.rule, diagnostic.span?.file ?? "", diagnostic.message].map(oneLine).joined(separator: "\t")
    }

    private static func oneLine(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

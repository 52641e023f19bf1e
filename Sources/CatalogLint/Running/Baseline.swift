public import SourceDiagnostics

/// Today's findings, written down so that only new ones fail.
///
/// A finding is known by rule, file and message, and by how often those three occur; not by its line, so that edits
/// elsewhere in a file bring nothing back. One line each, `RULE<TAB>FILE<TAB>MESSAGE`, sorted, so that a change reads
/// well.
public struct Baseline: Sendable, Equatable {
    private var known: [String: Int] = [:]
    /// The lines of the file on which each entry stands, from 1; empty for one made of findings.
    private var lines: [String: [Int]] = [:]

    private static let header = "# flowglass baseline: findings that are known. Written with --update-baseline.\n"

    public init(of diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { known[Self.line(of: diagnostic), default: 0] += 1 }
    }

    /// Reads a baseline file. Lines that start with `#` and empty ones count for nothing.
    public init(text: String) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            known[String(line), default: 0] += 1
            lines[String(line), default: []].append(index + 1)
        }
    }

    /// Equal where the same findings are known, wherever they stand in a file.
    public static func == (left: Baseline, right: Baseline) -> Bool { left.known == right.known }

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

    /// What `stale-baseline` has to say: entries that no finding matches any more, located in the baseline's file.
    ///
    /// `isLookedFor` tells whether a finding of the rule in the file would be among the diagnostics.
    public func staleEntries(
        in diagnostics: [Diagnostic], path: String, isLookedFor: (_ rule: String, _ file: String) -> Bool
    ) -> [Diagnostic] {
        let current = Baseline(of: diagnostics).known
        return known.keys.sorted().flatMap { entry -> [Diagnostic] in
            let parts = entry.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, isLookedFor(parts[0], parts[1]) else { return [] }
            // Of equal entries the last ones are too many.
            return (lines[entry] ?? []).dropFirst(current[entry] ?? 0).map { line in
                let place = parts[1].isEmpty ? "" : " in \(parts[1])"
                return StaleBaseline().finding(
                    "the baseline knows a finding that no longer occurs: \(parts[0])\(place): \(parts[2])",
                    at: SourceSpan(file: path, line: line, column: 1, endColumn: entry.unicodeScalars.count + 1),
                    label: "no longer occurs", help: "write the baseline anew with --update-baseline")
            }
        }
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

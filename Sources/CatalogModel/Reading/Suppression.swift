public import SourceDiagnostics

/// A comment that switches rules off: `# flowglass:ignore missing-owner — nobody owns the legacy bus`.
public struct Suppression: Sendable, Equatable {
    public var rules: [Located<String>]
    /// What stands after the dash; nil where no reason is given.
    public var reason: String?
    /// From the `#` to the end of the comment.
    public var span: SourceSpan
    /// The line it speaks of: its own where something stands before it, else the next line that is not a comment.
    public var line: Int

    /// How many lines of comment may stand between it and the line it speaks of.
    private static let maximumGap = 50
    static let marker = Array("flowglass:ignore".utf8)

    /// Every such comment of a file. `isText` tells whether a place lies inside a scalar, where `#` is no comment.
    /// - Complexity: O(bytes).
    static func all(in source: SourceFile, isText: (_ line: Int, _ column: Int) -> Bool) -> [Suppression] {
        guard source.bytes.contains(marker) else { return [] }
        let starts = source.lineStarts()
        var result: [Suppression] = []
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : source.bytes.count
            guard source.bytes[start..<end].contains(marker) else { continue }
            let scalars = Array(String(decoding: source.bytes[start..<end], as: UTF8.self).unicodeScalars)
            guard let hash = commentStart(scalars), !isText(index + 1, hash + 1) else { continue }
            var suppression = Suppression(scalars, hash: hash, file: source.path, line: index + 1)
            if scalars[..<hash].allSatisfy({ $0 == " " || $0 == "\t" }) {
                suppression.line = nextCodeLine(after: index, starts, source.bytes)
            }
            result.append(suppression)
        }
        return result
    }

    private init(_ scalars: [Unicode.Scalar], hash: Int, file: String, line: Int) {
        var words: [(text: String, from: Int)] = []
        var index = hash + 1
        while index < scalars.count {
            let from = index
            while index < scalars.count, !scalars[index].properties.isWhitespace, scalars[index] != "," { index += 1 }
            if index > from { words.append((String(String.UnicodeScalarView(scalars[from..<index])), from)) }
            index += 1
        }
        let dashes = ["—", "–", "-", "--", "because", ":"]
        let dash = words.firstIndex { dashes.contains($0.text) } ?? words.count
        let end = words.last.map { $0.from + $0.text.unicodeScalars.count } ?? hash + 1
        rules = words[..<dash].dropFirst().map { word in
            let width = word.text.unicodeScalars.count
            return Located(
                word.text,
                SourceSpan(file: file, line: line, column: word.from + 1, endColumn: word.from + 1 + width))
        }
        if dash + 1 < words.count {
            reason = String(String.UnicodeScalarView(scalars[words[dash + 1].from..<end]))
        }
        span = SourceSpan(file: file, line: line, column: hash + 1, endColumn: end + 1)
        self.line = line
    }

    /// Where the comment starts that begins with the marker; nil where the marker only stands somewhere else.
    private static func commentStart(_ scalars: [Unicode.Scalar]) -> Int? {
        let marker = "flowglass:ignore".unicodeScalars
        for index in scalars.indices where scalars[index] == "#" {
            guard index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "\t" else { continue }
            let rest = scalars[(index + 1)...].drop { $0 == " " || $0 == "\t" }
            if rest.starts(with: marker) { return index }
        }
        return nil
    }

    private static func nextCodeLine(after index: Int, _ starts: [Int], _ bytes: [UInt8]) -> Int {
        for next in (index + 1)..<max(min(starts.count, index + maximumGap), index + 1) {
            let end = next + 1 < starts.count ? starts[next + 1] : bytes.count
            let first = bytes[starts[next]..<end].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
            if let first, first != UInt8(ascii: "#") { return next + 1 }
        }
        return index + 1
    }
}

extension Sequence<UInt8> where Self: Collection {
    /// Whether the bytes hold the pattern.
    fileprivate func contains(_ pattern: [UInt8]) -> Bool {
        guard let first = pattern.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: pattern) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

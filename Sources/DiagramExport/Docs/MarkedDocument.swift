public import SourceDiagnostics

/// A Markdown document with marked blocks that Flowglass keeps up to date.
///
///     <!-- flowglass:table of=topics -->
///     … whatever stands here is replaced …
///     <!-- /flowglass -->
///
/// Markers stand alone on their lines, indented as they like; in fenced code blocks they are text. Everything outside of
/// the blocks stays byte for byte, line ends included.
public struct MarkedDocument: Sendable {
    public let source: SourceFile
    /// What is wrong with the markers.
    public private(set) var problems: [Diagnostic] = []
    private(set) var blocks: [Block] = []
    private let lines: [Substring]

    struct Block: Sendable {
        var marker: DocumentMarker
        /// The lines between the markers.
        var content: Range<Int>
        /// What stands before the opening marker on its line.
        var indent: String
    }

    public var hasBlocks: Bool { !blocks.isEmpty }

    /// - Parameters:
    ///   - path: As the author would type it.
    ///   - text: The document.
    public init(path: String, text: String) {
        source = SourceFile(path: path, text: text)
        lines = linesWithEnds(of: text)
        findBlocks()
    }

    /// The document with new contents of its blocks; nil for a block keeps what it has.
    func text(with contents: [String?]) -> String {
        var result: [Substring] = []
        var next = 0
        for (block, content) in zip(blocks, contents) {
            guard let content else { continue }
            result += lines[next..<block.content.lowerBound]
            let end = result.last?.hasSuffix("\r") == true ? "\r" : ""
            for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
                result.append(line.isEmpty ? end[...] : (block.indent + line + end)[...])
            }
            next = block.content.upperBound
        }
        result += lines[next...]
        return result.joined(separator: "\n")
    }

    // MARK: - Finding

    private mutating func findBlocks() {
        var fence: Substring?
        var open: (marker: DocumentMarker?, line: Int, indent: String)?
        for (index, line) in lines.enumerated() {
            let bare = line.drop { $0 == " " || $0 == "\t" }
            if let known = fence {
                if bare.hasPrefix(known), bare.drop(while: { $0 == known.first }).allSatisfy(\.isWhitespace) {
                    fence = nil
                }
                continue
            }
            // Within a block, everything up to its end is replaced, fences included.
            if open == nil, let mark = Self.fence(bare) {
                fence = mark
                continue
            }
            guard bare.hasPrefix("<!--") else { continue }
            let inside = bare.dropFirst(4).drop { $0 == " " }
            if inside.hasPrefix("flowglass:") {
                if let open {
                    report(
                        open.line, "a marker begins within another's block", "not closed before line \(index + 1)",
                        "close it with <!-- /flowglass -->")
                }
                open = (
                    marker(inside.dropFirst("flowglass:".count), index), index,
                    String(line.prefix(line.count - bare.count))
                )
            } else if inside.hasPrefix("/flowglass") {
                guard let block = open else {
                    report(
                        index, "a marker ends a block that none begins", "ends nothing",
                        "write <!-- flowglass:table of=topics --> above it")
                    continue
                }
                if let marker = block.marker {
                    blocks.append(Block(marker: marker, content: (block.line + 1)..<index, indent: block.indent))
                }
                open = nil
            }
        }
        if let open {
            report(open.line, "a marked block has no end", "never closed", "close it with <!-- /flowglass -->")
        }
    }

    /// The marks that open a fenced code block.
    private static func fence(_ line: Substring) -> Substring? {
        for mark in ["`", "~"] as [Character] {
            let run = line.prefix { $0 == mark }
            if run.count >= 3, mark == "~" || !line.dropFirst(run.count).contains("`") { return run }
        }
        return nil
    }

    private mutating func marker(_ text: Substring, _ line: Int) -> DocumentMarker? {
        guard let end = text.firstRange(of: "-->") else {
            report(line, "a marker must end on its line", "has no '-->'", nil)
            return nil
        }
        do throws(DocumentMarker.Problem) {
            return try DocumentMarker(text[..<end.lowerBound], span: span(line))
        } catch {
            report(line, error.message, error.label, error.help)
            return nil
        }
    }

    private mutating func report(_ line: Int, _ message: String, _ label: String, _ help: String?) {
        problems.append(
            Diagnostic(
                rule: "marker", severity: .error, message: message, span: span(line), label: label, help: help))
    }

    /// The marker on a line, without the blanks around it.
    private func span(_ line: Int) -> SourceSpan {
        let scalars = Array(lines[line].unicodeScalars)
        let first = scalars.firstIndex { !$0.properties.isWhitespace } ?? 0
        let last = scalars.lastIndex { !$0.properties.isWhitespace } ?? 0
        return SourceSpan(
            file: source.path, line: line + 1, column: first + 1, endLine: line + 1, endColumn: last + 2)
    }
}

/// The lines between line feeds; a carriage return before one stays on its line. (As characters, the two are one.)
private func linesWithEnds(of text: String) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
}

/// One file cut into lines, for as many excerpts and edits as wanted.
public struct SourceLines: Sendable {
    public let file: SourceFile
    private let starts: [Int]

    /// - Complexity: O(bytes).
    public init(_ file: SourceFile) {
        self.file = file
        starts = file.lineStarts()
    }

    /// The bytes of a line (1-based) without its line break; nil where there is no such line.
    public func line(_ number: Int) -> ArraySlice<UInt8>? {
        guard number >= 1, number <= starts.count else { return nil }
        let end = number < starts.count ? starts[number] : file.bytes.count
        var slice = file.bytes[starts[number - 1]..<end]
        for lineBreak in Self.lineBreaks
        where slice.count >= lineBreak.count && slice.suffix(lineBreak.count) == lineBreak {
            slice.removeLast(lineBreak.count)
            break
        }
        return slice
    }

    /// The bytes of a span; nil where the file has no such place.
    /// - Complexity: O(bytes of its first and its last line).
    public func byteRange(of span: SourceSpan) -> Range<Int>? {
        guard let start = offset(line: span.line, column: span.column),
            let end = offset(line: span.endLine, column: span.endColumn), start <= end
        else { return nil }
        return start..<end
    }

    /// The text of a span; nil where the file has no such place.
    public func text(of span: SourceSpan) -> String? {
        byteRange(of: span).map { String(decoding: file.bytes[$0], as: UTF8.self) }
    }

    private func offset(line number: Int, column: Int) -> Int? {
        guard column >= 1, let line = line(number) else { return nil }
        var left = column - 1
        for index in line.indices where file.bytes[index] & 0xC0 != 0x80 {
            if left == 0 { return index }
            left -= 1
        }
        return left == 0 ? line.endIndex : nil
    }

    private static let lineBreaks: [ArraySlice<UInt8>] = [
        [0x0D, 0x0A], [0x0A], [0x0D], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9],
    ]
}

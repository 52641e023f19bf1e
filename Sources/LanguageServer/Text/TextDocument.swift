import SourceDiagnostics

/// A text as an editor holds it, with its lines as the protocol counts them: each ends at LF, CR LF or CR.
struct TextDocument: Sendable {
    private(set) var bytes: [UInt8]
    var version: Int?
    /// The offset of the first byte of each line.
    private(set) var lineStarts: [Int]
    /// The same of the lines as YAML counts them.
    private(set) var yamlLineStarts: [Int]

    init(_ bytes: [UInt8], version: Int? = nil) {
        self.bytes = bytes
        self.version = version
        lineStarts = Self.lineStarts(of: bytes)
        yamlLineStarts = SourceFile(path: "", bytes: bytes).lineStarts()
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    private static func lineStarts(of bytes: [UInt8]) -> [Int] {
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            for index in bytes.indices {
                switch bytes[index] {
                case 0x0A: starts.append(index + 1)
                case 0x0D where index + 1 >= bytes.count || bytes[index + 1] != 0x0A:
                    starts.append(index + 1)
                default: break
                }
            }
        }
        return starts
    }

    /// The bytes of a line (from 0) without its end; empty where there is no such line.
    func line(_ number: Int) -> ArraySlice<UInt8> {
        guard lineStarts.indices.contains(number) else { return [] }
        var end = number + 1 < lineStarts.count ? lineStarts[number + 1] : bytes.count
        let start = lineStarts[number]
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return bytes[start..<end]
    }

    /// The byte offset of a position; one behind the end of its line or of the text is taken as that end.
    func offset(of position: TextPosition, _ encoding: PositionEncoding) -> Int {
        guard position.line >= 0 else { return 0 }
        guard position.line < lineStarts.count else { return bytes.count }
        let line = line(position.line)
        var columns = 0
        for index in line.indices {
            let width = encoding.columns(ofByte: bytes[index])
            // A continuation byte belongs to what stands before it.
            if columns >= position.column, bytes[index] & 0xC0 != 0x80 { return index }
            columns += width
        }
        return line.endIndex
    }

    /// - Complexity: O(log lines + length of the line).
    func position(ofByte offset: Int, _ encoding: PositionEncoding) -> TextPosition {
        let offset = min(max(offset, 0), bytes.count)
        var (low, high) = (0, lineStarts.count)
        while low < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        let line = max(low - 1, 0)
        let column = bytes[lineStarts[line]..<offset].reduce(0) { $0 + encoding.columns(ofByte: $1) }
        return TextPosition(line: line, column: column)
    }

    /// Replaces a stretch, or with no range the whole text.
    mutating func replace(
        _ range: Range<TextPosition>?, with text: String, _ encoding: PositionEncoding
    ) {
        if let range {
            let start = offset(of: range.lowerBound, encoding)
            let end = max(start, offset(of: range.upperBound, encoding))
            bytes.replaceSubrange(start..<end, with: text.utf8)
        } else {
            bytes = Array(text.utf8)
        }
        lineStarts = Self.lineStarts(of: bytes)
        yamlLineStarts = SourceFile(path: "", bytes: bytes).lineStarts()
    }
}

/// Where spans of the catalog lie in a text: their lines are those of YAML, their columns scalars.
struct SpanLocator {
    private let document: TextDocument
    private var starts: [Int] { document.yamlLineStarts }

    init(_ document: TextDocument) { self.document = document }

    /// The byte range of a span; what lies outside the text is cut off.
    func bytes(of span: SourceSpan) -> Range<Int> {
        let start = offset(line: span.line, column: span.column)
        return start..<max(start, offset(line: span.endLine, column: span.endColumn))
    }

    func range(of span: SourceSpan, _ encoding: PositionEncoding) -> Range<TextPosition> {
        let bytes = bytes(of: span)
        let start = document.position(ofByte: bytes.lowerBound, encoding)
        return start..<max(start, document.position(ofByte: bytes.upperBound, encoding))
    }

    private func offset(line: Int, column: Int) -> Int {
        guard line >= 1 else { return 0 }
        guard line <= starts.count else { return document.bytes.count }
        let end = line < starts.count ? starts[line] : document.bytes.count
        var index = starts[line - 1]
        var left = column - 1
        while index < end, left > 0 {
            index += 1
            while index < end, document.bytes[index] & 0xC0 == 0x80 { index += 1 }
            left -= 1
        }
        return index
    }
}

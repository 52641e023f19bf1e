/// A source text as it was read: what excerpts are cut from.
public struct SourceFile: Sendable, Equatable {
    /// The path as the author would type it.
    public let path: String
    /// The text in UTF-8, without a byte order mark.
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    public init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

    /// The offset of the first byte of each line; line 1 is at index 0.
    ///
    /// A line ends as YAML 1.1 has it, so that line numbers agree with the parser's: at LF, CR, CR LF, NEL, LS or PS.
    /// - Complexity: O(bytes).
    public func lineStarts() -> [Int] {
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let length = lineBreakLength(in: bytes, at: index)
                index += max(length, 1)
                if length > 0 { starts.append(index) }
            }
        }
        return starts
    }

    /// The line and column (both 1-based, the column in Unicode scalars) of a byte offset.
    /// - Complexity: O(bytes).
    public func position(ofByte offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), bytes.count)
        let starts = lineStarts()
        let line = starts.lastIndex { $0 <= offset } ?? 0
        let column = bytes[starts[line]..<offset].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return (line + 1, column)
    }
}

/// How many bytes the line break at `index` takes; 0 where there is none.
@inline(__always)
func lineBreakLength(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
        let isBreak =
            index + 2 < bytes.count && bytes[index + 1] == 0x80
            && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9)
        return isBreak ? 3 : 0
    default: return 0
    }
}

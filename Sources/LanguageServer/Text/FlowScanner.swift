import CatalogModel

/// Reads flow style, `{ key: value, list: [a, b] }`, from its opening bracket to its end or to the cursor.
struct FlowScanner {
    private let bytes: [UInt8]
    private let cursor: Int
    private var index: Int
    private var frames: [Frame] = []

    enum Outcome {
        /// The index after the last bracket.
        case ended(Int)
        case cursor(CursorContext)
        /// The cursor stands in a comment.
        case nowhere
    }

    private struct Frame {
        var isList: Bool
        var key: String?
        var keys: Set<String> = []
        /// The word since the last separator; empty where none has begun.
        var word: Range<Int>?

        var step: LanguagePlace.Step? { isList ? .item : key.map { .key($0) } }
    }

    /// More brackets than this are not followed: the loader refuses them, too.
    private static let maximumDepth = 1_000

    init(_ bytes: [UInt8], start: Int, cursor: Int) {
        self.bytes = bytes
        self.cursor = cursor
        index = start
    }

    mutating func scan() -> Outcome {
        while index < bytes.count {
            if index == cursor, !frames.isEmpty { return .cursor(here()) }
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard frames.count < Self.maximumDepth else { return .nowhere }
                frames.append(Frame(isList: byte == UInt8(ascii: "[")))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                frames.removeLast()
                if frames.isEmpty { return .ended(index + 1) }
            case UInt8(ascii: ","):
                frames[frames.count - 1].key = nil
                frames[frames.count - 1].word = nil
            case UInt8(ascii: ":") where isKeyEnd():
                let top = frames.count - 1
                let name = frames[top].word.map { unquoted($0) } ?? ""
                if !frames[top].isList {
                    frames[top].key = name
                    frames[top].keys.insert(name)
                }
                frames[top].word = nil
            case UInt8(ascii: "#") where index > 0 && isBlank(bytes[index - 1]):
                while index < bytes.count, bytes[index] != 0x0A {
                    if index == cursor { return .nowhere }
                    index += 1
                }
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if frames[frames.count - 1].word == nil {
                    if skipQuoted() { return .cursor(here()) }
                    continue
                }
                extendWord()
            default: if !isBlank(byte) { extendWord() }
            }
            index += 1
        }
        return frames.isEmpty ? .nowhere : .cursor(here())
    }

    private mutating func extendWord() {
        let top = frames.count - 1
        frames[top].word = (frames[top].word?.lowerBound ?? index)..<(index + 1)
    }

    /// Takes a quoted word; true where the cursor stands in it.
    private mutating func skipQuoted() -> Bool {
        let quote = bytes[index]
        let start = index
        index += 1
        while index < bytes.count, bytes[index] != quote {
            if index == cursor {
                frames[frames.count - 1].word = start..<index
                return true
            }
            if quote == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\") { index += 1 }
            index += 1
        }
        index = min(index + 1, bytes.count)
        frames[frames.count - 1].word = start..<index
        return false
    }

    private func isKeyEnd() -> Bool {
        guard index + 1 < bytes.count else { return true }
        return isBlank(bytes[index + 1]) || ",}]".utf8.contains(bytes[index + 1])
            || bytes[index - 1] == UInt8(ascii: "\"")
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private func unquoted(_ range: Range<Int>) -> String {
        var range = range
        if range.count >= 2, let first = range.first,
            bytes[first] == UInt8(ascii: "\"") || bytes[first] == UInt8(ascii: "'")
        {
            range = (range.lowerBound + 1)..<(range.upperBound - 1)
        }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    /// The context at the cursor.
    private func here() -> CursorContext {
        let top = frames[frames.count - 1]
        let isKey = !top.isList && top.key == nil
        let start = top.word?.lowerBound ?? cursor
        var end = max(cursor, start)
        while end < bytes.count, !",]}:#".utf8.contains(bytes[end]), !isBlank(bytes[end]) { end += 1 }
        let outer = frames.dropLast().compactMap(\.step)
        return CursorContext(
            path: isKey ? outer : frames.compactMap(\.step), isKey: isKey, isValue: !isKey,
            word: start..<end,
            prefix: String(decoding: bytes[start..<max(cursor, start)], as: UTF8.self),
            siblings: isKey ? top.keys.union(keysBehind(end)) : [], isFlow: true)
    }

    /// The keys of the same map that stand behind the cursor.
    private func keysBehind(_ start: Int) -> Set<String> {
        var keys: Set<String> = []
        var depth = 0
        var word: Range<Int>?
        // The word under the cursor may be a key itself: it is no sibling of its own.
        var isOwn = true
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return keys }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                word = nil
                isOwn = false
            case UInt8(ascii: ":")
            where depth == 0 && position + 1 < bytes.count && isBlank(bytes[position + 1]):
                if !isOwn, let word { keys.insert(unquoted(word)) }
                isOwn = true
            default:
                if depth == 0, !isBlank(bytes[position]) {
                    word = (word?.lowerBound ?? position)..<(position + 1)
                }
            }
            position += 1
        }
        return keys
    }
}

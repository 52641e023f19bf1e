import CatalogModel

/// Reads block style down to the cursor: which maps and lists are open there, by indentation.
struct BlockScanner {
    private let bytes: [UInt8]
    private let cursor: Int
    private var frames: [Frame] = []

    /// A map or a list that is open.
    private struct Frame {
        var isList: Bool
        var indent: Int
        /// Maps: the key whose value comes.
        var key: String?
        var keys: Set<String> = []

        var step: LanguagePlace.Step? { isList ? .item : key.map { .key($0) } }
    }

    init(_ bytes: [UInt8], cursor: Int) {
        self.bytes = bytes
        self.cursor = cursor
    }

    mutating func scan() -> CursorContext? {
        var start = 0
        while start <= cursor {
            let end = lineEnd(from: start)
            var indent = start
            while indent < end, bytes[indent] == UInt8(ascii: " ") { indent += 1 }
            if end >= cursor { return last(line: start..<end, indent: min(indent, cursor)) }
            let next = nextLine(after: end)
            guard indent < end, !isComment(at: indent) else {
                start = next
                continue
            }
            if isDocumentMark(start..<end) {
                frames = []
                start = next
                continue
            }
            switch take(start..<end, from: indent) {
            case .line: start = next
            case .text(let parent):
                start = endOfText(below: parent, from: next)
                // The cursor stands in the text itself.
                if start > cursor { return nil }
            case .flow(let open):
                var flow = FlowScanner(bytes, start: open, cursor: cursor)
                switch flow.scan() {
                case .ended(let index):
                    start = nextLine(after: lineEnd(from: index))
                    if start > cursor { return nil }
                case .cursor(let inner): return context(inner)
                case .nowhere: return nil
                }
            }
        }
        return nil
    }

    // MARK: Lines above the cursor

    private enum Outcome {
        case line
        /// A block text (`|`, `>`) below a key of this indent.
        case text(below: Int)
        /// Brackets open here.
        case flow(Int)
    }

    /// Takes dashes and a key from a line; what stands behind them decides how to go on.
    private mutating func take(_ line: Range<Int>, from indent: Int) -> Outcome {
        let content = takeDashes(line, from: indent)
        guard content < line.upperBound else { return .line }
        guard let key = key(in: content..<line.upperBound) else {
            return opening(content, line, indent: content)
        }
        open(key: key.name, at: content - line.lowerBound)
        return opening(key.value, line, indent: content - line.lowerBound)
    }

    /// The start of what follows the dashes; each opens a list.
    private mutating func takeDashes(_ line: Range<Int>, from indent: Int) -> Int {
        var index = indent
        while index < line.upperBound, bytes[index] == UInt8(ascii: "-"),
            index + 1 >= line.upperBound || bytes[index + 1] == UInt8(ascii: " ")
        {
            let column = index - line.lowerBound
            while let top = frames.last, top.indent > column { frames.removeLast() }
            if frames.last.map({ $0.isList && $0.indent == column }) != true {
                frames.append(Frame(isList: true, indent: column))
            }
            index += 1
            while index < line.upperBound, bytes[index] == UInt8(ascii: " ") { index += 1 }
        }
        return index
    }

    private mutating func open(key: String, at column: Int) {
        closeFrames(for: column)
        if frames.last.map({ !$0.isList && $0.indent == column }) != true {
            frames.append(Frame(isList: false, indent: column))
        }
        frames[frames.count - 1].key = key
        frames[frames.count - 1].keys.insert(key)
    }

    /// Ends what lies deeper than a key at this column; a list at the same column ends, too.
    private mutating func closeFrames(for column: Int) {
        while let top = frames.last, top.indent > column || top.isList && top.indent == column {
            frames.removeLast()
        }
    }

    private func opening(_ index: Int, _ line: Range<Int>, indent: Int) -> Outcome {
        var index = index
        // Anchors and tags stand before the value.
        while index < line.upperBound,
            bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "!")
        {
            while index < line.upperBound, bytes[index] != UInt8(ascii: " ") { index += 1 }
            while index < line.upperBound, bytes[index] == UInt8(ascii: " ") { index += 1 }
        }
        guard index < line.upperBound else { return .line }
        switch bytes[index] {
        case UInt8(ascii: "|"), UInt8(ascii: ">"): return .text(below: indent)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .flow(index)
        default: return .line
        }
    }

    /// The start of the first line after a block text.
    private func endOfText(below indent: Int, from start: Int) -> Int {
        var start = start
        while start < bytes.count {
            let end = lineEnd(from: start)
            var index = start
            while index < end, bytes[index] == UInt8(ascii: " ") { index += 1 }
            if index < end, index - start <= indent { return start }
            let next = nextLine(after: end)
            if next == start || end >= bytes.count { return bytes.count + 1 }
            start = next
        }
        return start
    }

    // MARK: The cursor's line

    private mutating func last(line: Range<Int>, indent: Int) -> CursorContext? {
        var comment = indent
        while comment < cursor {
            if isComment(at: comment), comment == indent || bytes[comment - 1] == UInt8(ascii: " ") {
                return nil
            }
            comment += 1
        }
        let seen = line.lowerBound..<cursor
        let content = min(takeDashes(seen, from: indent), cursor)
        let hasDash = content > indent
        // The key may go on behind the cursor, as when somebody hovers over it.
        if let key = key(in: content..<line.upperBound), key.value <= cursor, key.end < cursor {
            open(key: key.name, at: content - line.lowerBound)
            switch opening(key.value, seen, indent: content) {
            case .flow(let open): return flow(from: open)
            case .text: return nil
            case .line: return value(from: min(key.value, cursor), line)
            }
        }
        if case .flow(let open) = opening(content, seen, indent: content) { return flow(from: open) }
        let column = content - line.lowerBound
        closeFrames(for: column)
        let prefix = content..<cursor
        var word = wordEnd(from: cursor, to: line.upperBound, isFlow: false)
        if let key = key(in: content..<line.upperBound) { word = key.end }
        var siblings: Set<String> = []
        if let top = frames.last, !top.isList, top.indent == column {
            siblings = top.keys
            frames.removeLast()
        }
        siblings.formUnion(keysBelow(line, column: column))
        return CursorContext(
            path: frames.compactMap(\.step), isKey: true,
            isValue: hasDash || frames.last.map { $0.indent < column } ?? false,
            word: prefix.lowerBound..<max(word, cursor), prefix: string(prefix), siblings: siblings,
            isFlow: false)
    }

    private func value(from start: Int, _ line: Range<Int>) -> CursorContext {
        CursorContext(
            path: frames.compactMap(\.step), isKey: false, isValue: true,
            word: start..<max(cursor, wordEnd(from: cursor, to: line.upperBound, isFlow: false)),
            prefix: string(start..<cursor), siblings: [], isFlow: false)
    }

    private func flow(from open: Int) -> CursorContext? {
        var flow = FlowScanner(bytes, start: open, cursor: cursor)
        if case .cursor(let inner) = flow.scan() { return context(inner) }
        return nil
    }

    private func context(_ inner: CursorContext) -> CursorContext {
        var inner = inner
        inner.path = frames.compactMap(\.step) + inner.path
        return inner
    }

    /// The keys at the same column further down, up to the end of the map.
    private func keysBelow(_ line: Range<Int>, column: Int) -> Set<String> {
        var keys: Set<String> = []
        var start = nextLine(after: line.upperBound)
        while start < bytes.count {
            let end = lineEnd(from: start)
            var index = start
            while index < end, bytes[index] == UInt8(ascii: " ") { index += 1 }
            let indent = index - start
            if index < end, !isComment(at: index) {
                if indent < column || indent == column && bytes[index] == UInt8(ascii: "-") { break }
                if indent == column, let key = key(in: index..<end) { keys.insert(key.name) }
            }
            let next = nextLine(after: end)
            guard next > start else { break }
            start = next
        }
        return keys
    }

    // MARK: Bytes

    /// `name: value`: the key, where it ends and where its value begins; nil where the line has none.
    private func key(in range: Range<Int>) -> (name: String, end: Int, value: Int)? {
        guard let first = range.first else { return nil }
        var index = first
        let quote = bytes[first]
        var name: Range<Int>
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            index += 1
            while index < range.upperBound, bytes[index] != quote { index += 1 }
            guard index < range.upperBound else { return nil }
            name = (first + 1)..<index
            index += 1
            while index < range.upperBound, bytes[index] == UInt8(ascii: " ") { index += 1 }
            guard index < range.upperBound, bytes[index] == UInt8(ascii: ":") else { return nil }
        } else {
            guard !"{[#&*!|>%@`-".utf8.contains(quote) || quote == UInt8(ascii: "-") else { return nil }
            while index < range.upperBound {
                if bytes[index] == UInt8(ascii: ":"),
                    index + 1 >= range.upperBound || bytes[index + 1] == UInt8(ascii: " ")
                {
                    break
                }
                if bytes[index] == UInt8(ascii: "#"), index > first, bytes[index - 1] == UInt8(ascii: " ") {
                    return nil
                }
                index += 1
            }
            guard index < range.upperBound else { return nil }
            name = first..<index
            while let last = name.last, bytes[last] == UInt8(ascii: " ") { name = name.lowerBound..<last }
        }
        var value = index + 1
        while value < range.upperBound, bytes[value] == UInt8(ascii: " ") { value += 1 }
        return (string(name), index, value)
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func lineEnd(from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        return index
    }

    private func nextLine(after end: Int) -> Int {
        guard end < bytes.count else { return bytes.count + 1 }
        return bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
    }

    private func isComment(at index: Int) -> Bool {
        index < bytes.count && bytes[index] == UInt8(ascii: "#")
    }

    private func isDocumentMark(_ line: Range<Int>) -> Bool {
        line.count >= 3 && bytes[line.lowerBound..<line.lowerBound + 3].elementsEqual("---".utf8)
    }

    private func wordEnd(from start: Int, to end: Int, isFlow: Bool) -> Int {
        var index = start
        while index < end, !" \t#".utf8.contains(bytes[index]) { index += 1 }
        return index
    }
}

/// A strict reader of JSON (RFC 8259), from the front and with bounded stack.
///
/// Foundation's `JSONDecoder` does not fit this input: it builds the whole document before it maps it, keeps one of two
/// equal keys without saying which, has no limit of depth that a caller sets, and wants base64 where OTLP has
/// hexadecimal.
struct JSONReader {
    typealias Position = UnsafePointer<UInt8>

    private(set) var position: Position
    let end: Position
    /// Objects and arrays around the position.
    private var depth = 0
    /// Objects and arrays that may be inside each other: a value of the deepest `AnyValue` that protobuf's limit of 100
    /// messages allows lies in 150.
    static let depthLimit = 256

    init(_ start: Position, _ end: Position) {
        self.position = start
        self.end = end
    }

    // MARK: Structure

    /// The first byte of the next token.
    mutating func peek() throws(JSONFailure) -> UInt8 {
        while position < end {
            switch position.pointee {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            case let byte: return byte
            }
        }
        throw JSONFailure(.end, position)
    }

    /// Nothing but white space is left.
    mutating func finish() throws(JSONFailure) {
        while position < end {
            guard try peekOrEnd() == nil else { throw JSONFailure(.trailing, position) }
        }
    }

    private mutating func peekOrEnd() throws(JSONFailure) -> UInt8? {
        do throws(JSONFailure) { return try peek() } catch { return nil }
    }

    /// Moves past a byte of structure.
    mutating func take(_ byte: UInt8, orExpected what: StaticString) throws(JSONFailure) {
        guard try peek() == byte else { throw JSONFailure(.expected(what), position) }
        position += 1
    }

    /// Enters an object or array whose bracket is next.
    mutating func open() throws(JSONFailure) {
        guard depth < Self.depthLimit else { throw JSONFailure(.tooDeep, position) }
        depth += 1
        position += 1
    }

    /// The next member's key; nil, and the object is left, when there is none. `isFirst` starts true.
    mutating func key(_ isFirst: inout Bool) throws(JSONFailure) -> JSONString? {
        var next = try peek()
        if next == UInt8(ascii: "}") {
            leave()
            return nil
        }
        if !isFirst {
            guard next == UInt8(ascii: ",") else { throw JSONFailure(.expected("',' or '}'"), position) }
            position += 1
            next = try peek()
        }
        isFirst = false
        guard next == UInt8(ascii: "\"") else { throw JSONFailure(.expected("a key in quotes"), position) }
        let key = try string()
        try take(UInt8(ascii: ":"), orExpected: "':'")
        return key
    }

    /// Whether there is another element; when not, the array is left. `isFirst` starts true.
    mutating func element(_ isFirst: inout Bool) throws(JSONFailure) -> Bool {
        let next = try peek()
        if next == UInt8(ascii: "]") {
            leave()
            return false
        }
        if !isFirst {
            guard next == UInt8(ascii: ",") else { throw JSONFailure(.expected("',' or ']'"), position) }
            position += 1
            guard try peek() != UInt8(ascii: "]") else { throw JSONFailure(.expected("a value"), position) }
        }
        isFirst = false
        return true
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    /// Moves past `null` if it is next.
    mutating func null() throws(JSONFailure) -> Bool {
        guard try peek() == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    /// Moves past `true` or `false`; nil when neither is next.
    mutating func bool() throws(JSONFailure) -> Bool? {
        switch try peek() {
        case UInt8(ascii: "t"):
            try word("true")
            return true
        case UInt8(ascii: "f"):
            try word("false")
            return false
        default: return nil
        }
    }

    private mutating func word(_ word: StaticString) throws(JSONFailure) {
        let count = word.utf8CodeUnitCount
        guard end - position >= count,
            UnsafeBufferPointer(start: position, count: count)
                .elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: count))
        else { throw JSONFailure(.expected("a value"), position) }
        position += count
    }

    // MARK: Values

    /// Checks the value that is next, and moves past it.
    mutating func skip() throws(JSONFailure) {
        switch try peek() {
        case UInt8(ascii: "{"):
            try open()
            var isFirst = true
            while try key(&isFirst) != nil { try skip() }
        case UInt8(ascii: "["):
            try open()
            var isFirst = true
            while try element(&isFirst) { try skip() }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        default: _ = try number()
        }
    }

    /// The number that is next, checked against the grammar of RFC 8259.
    mutating func number() throws(JSONFailure) -> JSONNumber {
        let start = position
        var isInteger = true
        if position < end, position.pointee == UInt8(ascii: "-") { position += 1 }
        if position < end, position.pointee == UInt8(ascii: "0") {
            position += 1
        } else {
            guard digits() else { throw JSONFailure(.expected("a value"), start) }
        }
        if position < end, position.pointee == UInt8(ascii: ".") {
            position += 1
            isInteger = false
            guard digits() else { throw JSONFailure(.expected("a digit"), position) }
        }
        if position < end, position.pointee | 0x20 == UInt8(ascii: "e") {
            position += 1
            isInteger = false
            if position < end, position.pointee == UInt8(ascii: "+") || position.pointee == UInt8(ascii: "-") {
                position += 1
            }
            guard digits() else { throw JSONFailure(.expected("a digit"), position) }
        }
        return JSONNumber(text: UnsafeBufferPointer(start: start, count: position - start), isInteger: isInteger)
    }

    private mutating func digits() -> Bool {
        let start = position
        while position < end, position.pointee &- UInt8(ascii: "0") < 10 { position += 1 }
        return position > start
    }

    /// The string that is next; its opening quote was seen.
    mutating func string() throws(JSONFailure) -> JSONString {
        position += 1
        let start = position
        var hasEscapes = false
        var isASCII = true
        while position < end {
            switch position.pointee {
            case UInt8(ascii: "\""):
                let content = UnsafeBufferPointer(start: start, count: position - start)
                guard isASCII || isValidUTF8(start, position) else { throw JSONFailure(.utf8, start) }
                position += 1
                return JSONString(content: content, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            case 0..<0x20: throw JSONFailure(.controlCharacter, position)
            case let byte:
                if byte >= 0x80 { isASCII = false }
                position += 1
            }
        }
        throw JSONFailure(.end, position)
    }

    /// Checks an escape and moves past it; a surrogate pair counts as one.
    private mutating func escape() throws(JSONFailure) {
        guard end - position >= 2 else { throw JSONFailure(.end, position) }
        switch position[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(at: position, before: end) else { throw JSONFailure(.escape, position) }
            switch unit {
            case 0xD800...0xDBFF:
                guard let second = codeUnit(at: position + 6, before: end), second & 0xFC00 == 0xDC00 else {
                    throw JSONFailure(.surrogate, position)
                }
                position += 12
            case 0xDC00...0xDFFF: throw JSONFailure(.surrogate, position)
            default: position += 6
            }
        default: throw JSONFailure(.escape, position)
        }
    }
}

/// The UTF-16 code unit of a `\uXXXX` escape.
func codeUnit(at position: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> UInt32? {
    guard end - position >= 6, position[0] == UInt8(ascii: "\\"), position[1] == UInt8(ascii: "u") else { return nil }
    var unit: UInt32 = 0
    for index in 2..<6 {
        guard let digit = hexadecimalDigit(position[index]) else { return nil }
        unit = unit << 4 | UInt32(digit)
    }
    return unit
}

/// The value of a hexadecimal digit of either case.
@inline(__always)
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

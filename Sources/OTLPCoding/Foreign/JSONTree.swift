/// A JSON text as values, for formats whose parts refer to each other; OTLP itself is transcoded without one.
public enum JSONTree: Sendable, Equatable {
    case object([Member])
    case array([JSONTree])
    case string(String)
    /// As it was written.
    case number(String)
    case bool(Bool)
    case null

    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: JSONTree
    }

    /// Values in one text beyond which it is refused: a value takes far more memory than its two bytes of text.
    static let valueLimit = 2_000_000

    /// - Throws: when the text is not one JSON value (RFC 8259), or nested too deeply, or holds too many values.
    public init(_ json: [UInt8]) throws(OTLPDecodeFailure) {
        var tree = JSONTree.null
        try OTLPJSON.read(json) { reader throws(JSONFailure) in
            var left = Self.valueLimit
            tree = try Self.value(&reader, &left)
        }
        self = tree
    }

    private static func value(_ reader: inout JSONReader, _ left: inout Int) throws(JSONFailure) -> JSONTree {
        left -= 1
        guard left > 0 else { throw JSONFailure(.tooMany, reader.position) }
        switch try reader.peek() {
        case UInt8(ascii: "{"):
            try reader.open()
            var members: [Member] = []
            var isFirst = true
            while let key = try reader.key(&isFirst) {
                members.append(
                    Member(key: String(decoding: key.bytes, as: UTF8.self), value: try value(&reader, &left)))
            }
            return .object(members)
        case UInt8(ascii: "["):
            try reader.open()
            var elements: [JSONTree] = []
            var isFirst = true
            while try reader.element(&isFirst) { elements.append(try value(&reader, &left)) }
            return .array(elements)
        case UInt8(ascii: "\""): return .string(String(decoding: try reader.string().bytes, as: UTF8.self))
        case UInt8(ascii: "n"):
            _ = try reader.null()
            return .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try reader.bool() ?? false)
        default: return .number(String(decoding: try reader.number().text, as: UTF8.self))
        }
    }

    // MARK: - Looking into it

    /// An object's value under a key (the last one, where the key is there twice); nil where there is none.
    public subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// An array's elements; empty for anything else.
    public var elements: [JSONTree] { if case .array(let elements) = self { elements } else { [] } }

    /// An object's members; empty for anything else.
    public var members: [Member] { if case .object(let members) = self { members } else { [] } }

    /// A string's text; nil for anything else.
    public var text: String? { if case .string(let text) = self { text } else { nil } }

    /// A string, a number or a truth as text; nil for anything else.
    public var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let truth): truth ? "true" : "false"
        case .object, .array, .null: nil
        }
    }

    /// A whole number, also one in a string, held within 64 bits; zero for anything else.
    var wholeNumber: UInt64 {
        guard let text = scalarText else { return 0 }
        if let number = UInt64(text) { return number }
        guard let number = Double(text), number.isFinite, number > 0 else { return 0 }
        return number >= 0x1p64 ? .max : UInt64(number)
    }

    /// The value as an attribute's; objects and arrays are empty.
    var attribute: OTLPValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let text): Int64(text).map { .int($0) } ?? Double(text).map { .double($0) } ?? .string(text)
        case .bool(let truth): .bool(truth)
        case .object, .array, .null: .empty
        }
    }
}

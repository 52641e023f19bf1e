/// Encodes protobuf by hand, for messages that no writer of ours would write.
struct ProtoMessage {
    var bytes: [UInt8] = []

    init(_ fields: [UInt8]...) { bytes = fields.flatMap { $0 } }

    /// A length-delimited field.
    static func field(_ number: UInt64, _ content: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(content.count)) + content
    }

    static func field(_ number: UInt64, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

    static func field(_ number: UInt64, _ fields: [UInt8]...) -> [UInt8] { field(number, fields.flatMap { $0 }) }

    static func number(_ number: UInt64, _ value: UInt64) -> [UInt8] { varint(number << 3) + varint(value) }

    static func fixed64(_ number: UInt64, _ value: UInt64) -> [UInt8] {
        varint(number << 3 | 1) + (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    static func fixed32(_ number: UInt64, _ value: UInt32) -> [UInt8] {
        varint(number << 3 | 5) + (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }

    static func varint(_ value: UInt64) -> [UInt8] {
        var rest = value
        var result: [UInt8] = []
        repeat {
            result.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return result
    }

    /// A `KeyValue` with a string.
    static func attribute(_ key: String, _ value: String) -> [UInt8] { field(1, key) + field(2, field(1, value)) }

    /// The ids that a span must have.
    static let ids = field(1, [UInt8](repeating: 0xAB, count: 16)) + field(2, [UInt8](repeating: 0xCD, count: 8))

    /// A request of one span with these fields after its ids.
    static func request(span fields: [UInt8]) -> [UInt8] { field(1, field(2, field(2, ids + fields))) }
}

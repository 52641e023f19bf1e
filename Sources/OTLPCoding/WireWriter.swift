/// Writes the binary protobuf encoding, front to back.
///
/// A message is written as one byte kept free for its length, its fields, and then the length; a message of 128 bytes
/// or more is moved by the further bytes which its length needs.
struct WireWriter {
    var bytes: [UInt8] = []

    /// The tag of a field: its number and wire type (0 varint, 1 fixed64, 2 length, 5 fixed32).
    @inline(__always) mutating func tag(_ field: UInt32, _ wireType: UInt32) {
        varint(UInt64(field << 3 | wireType))
    }

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func fixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func fixed32(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A number in the order of the network, as identifiers are sent.
    mutating func bigEndian(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// A `string` field.
    mutating func string(_ field: UInt32, _ text: String) {
        tag(field, 2)
        var text = text
        text.withUTF8 { utf8 in
            varint(UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    /// A `string` field, left out when empty, as proto3 does where a field has no presence.
    mutating func nonEmptyString(_ field: UInt32, _ text: String) {
        if !text.isEmpty { string(field, text) }
    }

    /// A field of encoded bytes.
    mutating func data(_ field: UInt32, _ content: some Collection<UInt8>) {
        tag(field, 2)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// A field that is a message; `body` writes its fields.
    mutating func message(_ field: UInt32, _ body: (inout WireWriter) -> Void) {
        let start = open(field)
        body(&self)
        close(start)
    }

    /// Begins a message; the result is for `close`.
    mutating func open(_ field: UInt32) -> Int {
        tag(field, 2)
        bytes.append(0)
        return bytes.count
    }

    /// Ends the message whose fields began at `start`.
    mutating func close(_ start: Int) {
        let length = bytes.count - start
        if length < 0x80 {
            bytes[start - 1] = UInt8(length)
            return
        }
        var encoded: (UInt64, Int) = (0, 0)
        var rest = length
        while rest > 0 {
            let more = rest >= 0x80 ? 0x80 : 0
            encoded.0 |= UInt64(rest & 0x7F | more) << UInt64(8 * encoded.1)
            encoded.1 += 1
            rest >>= 7
        }
        let extra = encoded.1 - 1
        bytes.append(contentsOf: repeatElement(0, count: extra))
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            (base + start + extra).copyMemory(from: base + start, byteCount: length)
            for index in 0...extra {
                buffer[start - 1 + index] = UInt8(truncatingIfNeeded: encoded.0 >> UInt64(8 * index))
            }
        }
    }
}

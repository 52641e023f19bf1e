/// A position in an encoded message and the message's end; every read is checked against the end.
///
/// What it accepts is what the protobuf libraries accept: a number may have leading zero groups up to ten bytes, a
/// tag or a length up to five, and unknown groups are skipped.
struct WireReader {
    typealias Position = UnsafePointer<UInt8>

    var position: Position
    let end: Position

    @inline(__always) init(_ start: Position, _ end: Position) {
        self.position = start
        self.end = end
    }

    @inline(__always) var isAtEnd: Bool { position == end }

    /// Bytes left in the message.
    @inline(__always) var remaining: Int { end - position }

    /// The tag of the next field: its number, shifted left by three, and its wire type.
    @inline(__always) mutating func tag() throws(WireFailure) -> UInt32 {
        let first = position.pointee
        if first < 0x80 {
            position += 1
            return UInt32(first)
        }
        return try longTag()
    }

    @inline(never) private mutating func longTag() throws(WireFailure) -> UInt32 {
        let start = position
        let value = try number(bytes: 5, .fieldNumber)
        guard value <= UInt64(UInt32.max) else { throw WireFailure(.fieldNumber, start) }
        return UInt32(value)
    }

    /// A varint of up to ten bytes; bits past the sixty-fourth are dropped, as the protobuf libraries do.
    @inline(__always) mutating func varint() throws(WireFailure) -> UInt64 {
        if position < end, position.pointee < 0x80 {
            let value = UInt64(position.pointee)
            position += 1
            return value
        }
        return try number(bytes: 10, .longNumber)
    }

    @inline(never)
    private mutating func number(bytes limit: Int, _ problem: WireProblem) throws(WireFailure) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        var count = 0
        while count < limit {
            guard position < end else { throw WireFailure(.truncated, position) }
            let byte = position.pointee
            position += 1
            value |= UInt64(byte & 0x7F) &<< UInt64(7 * count)
            count += 1
            if byte < 0x80 { return value }
        }
        throw WireFailure(problem, start)
    }

    /// The length of the field that begins here; that many bytes are there.
    @inline(__always) mutating func length() throws(WireFailure) -> Int {
        let start = position
        let value: UInt64
        if position < end, position.pointee < 0x80 {
            value = UInt64(position.pointee)
            position += 1
        } else {
            value = try number(bytes: 5, .longLength)
        }
        guard value <= UInt64(remaining) else { throw WireFailure(.longLength, start) }
        return Int(value)
    }

    /// The content of a length-delimited field, and moves past it.
    @inline(__always) mutating func content() throws(WireFailure) -> WireReader {
        let count = try length()
        let start = position
        position += count
        return WireReader(start, position)
    }

    @inline(__always) mutating func fixed64() throws(WireFailure) -> UInt64 {
        guard remaining >= 8 else { throw WireFailure(.truncated, position) }
        let value = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self)
        position += 8
        return UInt64(littleEndian: value)
    }

    @inline(__always) mutating func fixed32() throws(WireFailure) -> UInt32 {
        guard remaining >= 4 else { throw WireFailure(.truncated, position) }
        let value = UnsafeRawPointer(position).loadUnaligned(as: UInt32.self)
        position += 4
        return UInt32(littleEndian: value)
    }

    /// Moves past the content of a field whose tag was just read. `depth` is how many messages it is inside of.
    @inline(never) mutating func skip(_ tag: UInt32, depth: Int, limit: Int) throws(WireFailure) {
        guard tag >> 3 != 0 else { throw WireFailure(.fieldNumber, position) }
        switch tag & 7 {
        case 0: _ = try varint()
        case 1: _ = try fixed64()
        case 2: _ = try content()
        case 3: try skipGroup(tag >> 3, depth: depth + 1, limit: limit)
        case 4: throw WireFailure(.groupEnd, position)
        case 5: _ = try fixed32()
        default: throw WireFailure(.wireType, position)
        }
    }

    private mutating func skipGroup(_ field: UInt32, depth: Int, limit: Int) throws(WireFailure) {
        guard depth <= limit else { throw WireFailure(.tooDeep, position) }
        while !isAtEnd {
            let tag = try tag()
            if tag & 7 == 4 {
                guard tag >> 3 == field else { throw WireFailure(.groupEnd, position) }
                return
            }
            try skip(tag, depth: depth, limit: limit)
        }
        throw WireFailure(.truncated, position)
    }
}

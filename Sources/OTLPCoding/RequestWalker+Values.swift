extension RequestWalker {
    /// Reads a `KeyValue` which is `depth` messages inside the request, and keeps it.
    @inline(__always)
    mutating func attribute(_ message: WireReader, depth: Int) throws(WireFailure) {
        guard attributes.count < limits.elements else { throw WireFailure(.tooMany, message.position) }
        attributes.append(try keyValue(message, depth: depth))
    }

    /// Reads a `KeyValue` which is `depth` messages inside the request.
    @inline(__always)
    mutating func keyValue(_ message: WireReader, depth: Int) throws(WireFailure) -> OTLPBatch.AttributeView {
        var values = ValueWalker(base: base, limit: limits.depth)
        let result = try values.keyValue(message, depth: depth)
        if values.isSplit { isSplit = true }
        return result
    }
}

/// Reads and checks attributes and values; needs nothing but the start of the request.
struct ValueWalker {
    typealias ValueView = OTLPBatch.ValueView

    let base: UnsafePointer<UInt8>
    /// How many messages may be inside each other.
    let limit: Int
    /// Whether an array or a map came in parts, of which only the last was read.
    var isSplit = false

    init(base: UnsafePointer<UInt8>, limit: Int) {
        self.base = base
        self.limit = limit
    }

    /// Reads a `KeyValue` which is `depth` messages inside the request.
    @inline(__always)
    mutating func keyValue(_ message: WireReader, depth: Int) throws(WireFailure) -> OTLPBatch.AttributeView {
        guard depth <= limit else { throw WireFailure(.tooDeep, message.position) }
        var reader = message
        var result = OTLPBatch.AttributeView(key: .empty, value: .empty)
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: result.key = try text(&reader, .attributeKey)
            case 0x12: try value(reader.content(), depth: depth + 1, into: &result.value)
            case let tag: try reader.skip(tag, depth: depth, limit: limit)
            }
        }
        return result
    }

    /// Reads an `AnyValue` which is `depth` messages inside the request. Of several members the last one counts.
    @inline(__always)
    mutating func value(_ message: WireReader, depth: Int, into value: inout ValueView) throws(WireFailure) {
        guard depth <= limit else { throw WireFailure(.tooDeep, message.position) }
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: value = .string(try text(&reader, .attributeValue))
            case 0x10: value = .bool(try reader.varint() != 0)
            case 0x18: value = .int(Int64(bitPattern: try reader.varint()))
            case 0x21: value = .double(Double(bitPattern: try reader.fixed64()))
            case 0x2A:
                let content = try reader.content()
                try checkArray(content, depth: depth + 1)
                if case .array = value { isSplit = true }
                value = .array(range(content))
            case 0x32:
                let content = try reader.content()
                try checkMap(content, depth: depth + 1)
                if case .map = value { isSplit = true }
                value = .map(range(content))
            case 0x3A: value = .bytes(range(try reader.content()))
            case 0x40:
                // An index into the dictionary of a profile, which a request for traces does not have.
                _ = try reader.varint()
                value = .empty
            case let tag: try reader.skip(tag, depth: depth, limit: limit)
            }
        }
    }

    /// Checks an `ArrayValue`; the elements are read on demand.
    @inline(never)
    private mutating func checkArray(_ message: WireReader, depth: Int) throws(WireFailure) {
        guard depth <= limit else { throw WireFailure(.tooDeep, message.position) }
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A:
                var ignored = ValueView.empty
                try value(reader.content(), depth: depth + 1, into: &ignored)
            case let tag: try reader.skip(tag, depth: depth, limit: limit)
            }
        }
    }

    /// Checks a `KeyValueList`; the entries are read on demand.
    @inline(never)
    private mutating func checkMap(_ message: WireReader, depth: Int) throws(WireFailure) {
        guard depth <= limit else { throw WireFailure(.tooDeep, message.position) }
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: _ = try keyValue(reader.content(), depth: depth + 1)
            case let tag: try reader.skip(tag, depth: depth, limit: limit)
            }
        }
    }

    @inline(__always)
    private func text(
        _ reader: inout WireReader, _ field: TextField
    ) throws(WireFailure) -> OTLPBatch.ByteRange {
        let content = try reader.content()
        guard isValidUTF8(content.position, content.end) else {
            throw WireFailure(.invalidUTF8(field), content.position)
        }
        return range(content)
    }

    @inline(__always)
    func range(_ content: WireReader) -> OTLPBatch.ByteRange {
        OTLPBatch.ByteRange(
            offset: UInt32(truncatingIfNeeded: content.position - base),
            count: UInt32(truncatingIfNeeded: content.remaining))
    }
}

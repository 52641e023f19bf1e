extension OTLPBatch {
    /// One `Span.Event`.
    public struct EventView: Sendable {
        public var name: ByteRange
        /// Nanoseconds since the Unix epoch, as sent.
        public var time: UInt64
        /// In wire order.
        public var attributes: [AttributeView]
    }

    /// The events of a span, in wire order.
    public func events(of span: SpanView) -> [EventView] { events[span.events].map(event) }

    /// Reads one of `events`.
    public func event(_ range: ByteRange) -> EventView {
        var result = EventView(name: .empty, time: 0, attributes: [])
        fields(of: range) { (tag, reader, values) throws(WireFailure) in
            switch tag {
            case 0x09: result.time = try reader.fixed64()
            case 0x12: result.name = values.range(try reader.content())
            case 0x1A: result.attributes.append(try values.keyValue(reader.content(), depth: 0))
            default: return false
            }
            return true
        }
        return result
    }

    /// The elements of a `ValueView.array`, in wire order.
    public func elements(of array: ByteRange) -> [ValueView] {
        var result: [ValueView] = []
        fields(of: array) { (tag, reader, values) throws(WireFailure) in
            guard tag == 0x0A else { return false }
            var value = ValueView.empty
            try values.value(reader.content(), depth: 0, into: &value)
            result.append(value)
            return true
        }
        return result
    }

    /// The entries of a `ValueView.map`, in wire order.
    public func entries(of map: ByteRange) -> [AttributeView] {
        var result: [AttributeView] = []
        fields(of: map) { (tag, reader, values) throws(WireFailure) in
            guard tag == 0x0A else { return false }
            result.append(try values.keyValue(reader.content(), depth: 0))
            return true
        }
        return result
    }

    /// The value behind a view, with everything inside it.
    public func value(_ view: ValueView) -> OTLPValue {
        switch view {
        case .string(let range): .string(string(range))
        case .bool(let flag): .bool(flag)
        case .int(let number): .int(number)
        case .double(let number): .double(number)
        case .bytes(let range): .bytes(content(range))
        case .array(let range): .array(elements(of: range).map(value))
        case .map(let range): .map(entries(of: range).map { (string($0.key), value($0.value)) })
        case .empty: .empty
        }
    }

    /// Goes through the fields of a message which `decode` has checked; `read` says whether it took the field.
    private func fields(
        of range: ByteRange,
        _ read: (UInt32, inout WireReader, inout ValueWalker) throws(WireFailure) -> Bool
    ) {
        guard range.count > 0, range.indices.upperBound <= bytes.count else { return }
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var reader = WireReader(base + range.indices.lowerBound, base + range.indices.upperBound)
            var values = ValueWalker(base: base, limit: OTLPLimits().depth)
            do throws(WireFailure) {
                while !reader.isAtEnd {
                    let tag = try reader.tag()
                    if try !read(tag, &reader, &values) { try reader.skip(tag, depth: 0, limit: values.limit) }
                }
            } catch {
                // Only a range that is not one of the batch's own fails; what was read until there stands.
            }
        }
    }
}

extension OTLPBatch {
    /// Gives access to the request's bytes, for loops that compare many ranges.
    @inlinable
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { buffer throws(Failure) in try body(UnsafeRawBufferPointer(buffer)) }
    }

    /// The text of a range.
    public func string(_ range: ByteRange) -> String {
        guard range.count > 0 else { return "" }
        return bytes.withUnsafeBufferPointer { buffer in
            String(decoding: UnsafeBufferPointer(rebasing: buffer[range.indices]), as: UTF8.self)
        }
    }

    /// A copy of the bytes of a range.
    public func content(_ range: ByteRange) -> [UInt8] { Array(bytes[range.indices]) }

    /// Whether a range holds exactly this text, by bytes.
    @inlinable
    public func bytes(_ range: ByteRange, equal text: StaticString) -> Bool {
        guard Int(range.count) == text.utf8CodeUnitCount else { return false }
        return bytes.withUnsafeBufferPointer { buffer in
            let own = UnsafeBufferPointer(rebasing: buffer[range.indices])
            return own.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }

    /// Whether two ranges hold the same bytes.
    @inlinable
    public func bytes(_ left: ByteRange, equal right: ByteRange) -> Bool {
        left == right || (left.count == right.count && bytes[left.indices].elementsEqual(bytes[right.indices]))
    }

    /// Whether a range begins with this text, by bytes.
    @inlinable
    public func bytes(_ range: ByteRange, start prefix: StaticString) -> Bool {
        guard Int(range.count) >= prefix.utf8CodeUnitCount else { return false }
        let head = ByteRange(offset: range.offset, count: UInt32(prefix.utf8CodeUnitCount))
        return bytes(head, equal: prefix)
    }

    /// The value of the first of the given attributes with this key.
    @inlinable
    public func value(of key: StaticString, in owned: Range<Int>) -> ValueView? {
        for attribute in attributes[owned] where bytes(attribute.key, equal: key) { return attribute.value }
        return nil
    }
}

extension OTLPBatch.ByteRange {
    /// The range as indices of the request's bytes.
    @inlinable public var indices: Range<Int> { Int(offset)..<Int(offset) + Int(count) }

    @inlinable public var isEmpty: Bool { count == 0 }
}

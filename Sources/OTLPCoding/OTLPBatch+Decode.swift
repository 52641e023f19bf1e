extension OTLPBatch {
    /// Reads an `ExportTraceServiceRequest` in the binary protobuf encoding.
    ///
    /// Rejects what the protobuf libraries reject, and merges what they merge: unknown fields are skipped, of a
    /// repeated singular field the last one counts, the parts of a split message are joined. Spans without usable ids
    /// are left out and counted in `rejected`. `bytes` are the given ones, except where the value of an attribute comes in
    /// parts: then they are joined.
    /// - Throws: when the bytes are not such a message, or ask for more than `limits` allow.
    /// - Complexity: O(bytes), without copying them.
    public static func decode(
        protobuf bytes: [UInt8], limits: OTLPLimits = OTLPLimits()
    ) throws(OTLPDecodeFailure) -> OTLPBatch {
        guard bytes.count <= Int(UInt32.max) else {
            throw OTLPDecodeFailure(problem: WireProblem.tooLong.description, offset: 0)
        }
        var bytes = bytes
        var isSplit = false
        var batch = try walked(bytes, limits, isSplit: &isSplit)
        if isSplit {
            bytes = MessageJoiner.joined(bytes)
            batch = try walked(bytes, limits, isSplit: &isSplit)
        }
        batch.bytes = bytes
        return batch
    }

    private static func walked(
        _ bytes: [UInt8], _ limits: OTLPLimits, isSplit: inout Bool
    ) throws(OTLPDecodeFailure) -> OTLPBatch {
        var batch = OTLPBatch(bytes: [])
        let failure = bytes.withUnsafeBufferPointer { buffer -> OTLPDecodeFailure? in
            guard let base = buffer.baseAddress else { return nil }
            return RequestWalker.walk(base, count: buffer.count, limits: limits, into: &batch, isSplit: &isSplit)
        }
        if let failure { throw failure }
        return batch
    }
}

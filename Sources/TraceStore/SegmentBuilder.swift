import OTLPCoding
import TraceModel

/// A row of `segments` to be.
struct NewSegment {
    var spans: Int
    var format: ReceivedRequest.Format
    var keys: [UInt64]
    var data: [UInt8]
}

/// Puts requests into segments: small binary ones share one, since protobuf messages put end to end are the message of
/// all their parts. One that is large enough for a segment of its own can be compressed before it is its turn.
enum SegmentBuilder {
    /// Requests are gathered until they hold this many bytes.
    private static let segmentBytes = 256 << 10
    /// A request of this many bytes is compressed as well alone as with others.
    private static let largeBytes = 64 << 10

    /// What a segment holds of a request; nil for one that shares a segment.
    static func ownData(of request: ReceivedRequest) -> CompressedBytes? {
        switch request.format {
        case .json: CompressedBytes(request.raw)
        case .protobuf: request.batch.bytes.count < largeBytes ? nil : CompressedBytes(request.batch.bytes)
        }
    }

    static func segments(of items: [StoreWriter.Item]) -> [NewSegment] {
        var segments: [NewSegment] = []
        var gathered: NewSegment?
        func finish() {
            guard var segment = gathered else { return }
            segment.data = Compression.compressed(segment.data)
            segments.append(segment)
            gathered = nil
        }
        for item in items where !item.request.batch.spans.isEmpty {
            let count = item.request.batch.spans.count
            if let data = item.ownData {
                segments.append(
                    NewSegment(spans: count, format: item.request.format, keys: item.keys, data: data.value))
                continue
            }
            if gathered == nil {
                gathered = NewSegment(
                    spans: count, format: .protobuf, keys: item.keys, data: item.request.batch.bytes)
            } else {
                gathered!.spans += count
                gathered!.keys += item.keys
                gathered!.data += item.request.batch.bytes
            }
            if gathered!.data.count >= segmentBytes { finish() }
        }
        finish()
        return segments
    }
}

import OTLPCoding
import TraceModel

/// What can be looked up in a segment: sorted 64-bit hashes of its trace ids, of the traces it links to, of its
/// message ids and its correlation IDs.
///
/// One small blob for a segment instead of a row for each key: random keys in a B-tree get slower as a store grows.
enum SegmentKeys {
    /// Sorted, some of them several times.
    static func keys(of batch: OTLPBatch, _ digest: SpanReader.Digest) -> [UInt64] {
        var keys: [UInt64] = []
        var last = TraceID(high: 0, low: 0)
        // Spans of a trace follow each other.
        func add(_ trace: TraceID) {
            guard trace != last else { return }
            keys.append(JoinKey(trace).bits)
            last = trace
        }
        for span in batch.spans {
            add(span.trace)
            for link in batch.links[span.links] { add(link.trace) }
        }
        keys += digest.correlations.map(\.bits)
        keys += digest.facts.messages.map(\.bits)
        return keys.sorted()
    }

    static func key(correlation: String) -> UInt64 { JoinKey("correlation", correlation).bits }
    static func key(message: String) -> UInt64 { JoinKey("message", message).bits }

    /// Sorted, each once.
    static func encoded(_ keys: [UInt64]) -> [UInt8] {
        var writer = ByteWriter()
        writer.bytes.reserveCapacity(keys.count * 8)
        var previous: UInt64?
        for key in keys.sorted() where key != previous {
            writer.append(fixed: key)
            previous = key
        }
        return writer.bytes
    }

    /// The upper half of a key.
    static func half(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key >> 32) }

    /// The upper halves of a blob's keys, in their order.
    static func halves(of blob: UnsafeRawBufferPointer) -> [UInt8] {
        var writer = ByteWriter()
        writer.bytes.reserveCapacity(blob.count / 2)
        forEach(in: blob) { writer.append(fixed: half(of: $0)) }
        return writer.bytes
    }

    /// Whether any of the wanted ones is among the halves. - Complexity: O(wanted · log keys)
    static func halves(_ halves: UnsafeRawBufferPointer, containAnyOf wanted: [UInt32]) -> Bool {
        let count = halves.count / 4
        return wanted.contains { key in
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                let value = UInt32(littleEndian: halves.loadUnaligned(fromByteOffset: middle * 4, as: UInt32.self))
                if value == key { return true }
                if value < key { low = middle + 1 } else { high = middle }
            }
            return false
        }
    }

    /// Every key of a blob.
    static func forEach(in blob: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
        for index in 0..<blob.count / 8 {
            body(UInt64(littleEndian: blob.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)))
        }
    }
}

import Synchronization

/// Bytes that are compressed once, by whoever comes first: the thread that brought them, while the writer still joins, or
/// the writer.
final class CompressedBytes: Sendable {
    private let bytes: [UInt8]
    private let result = Mutex<[UInt8]?>(nil)

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Compresses, or waits for who does.
    var value: [UInt8] {
        result.withLock { result in
            if let result { return result }
            let value = Compression.compressed(bytes)
            result = value
            return value
        }
    }
}

import CZstd

/// Zstandard's decompression, a piece at a time; frames may follow each other.
struct ZstdStream: ~Copyable {
    /// The bytes that every frame begins with (RFC 8878, section 3.1.1).
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    /// Frames that want more memory than this for their window are refused.
    private static let windowLog: Int32 = 27

    private let stream: OpaquePointer
    /// Inside a frame, so that the end of the input is an early one.
    private(set) var isInsideFrame = false

    /// Nil when there is no memory.
    init?() {
        guard let stream = ZSTD_createDStream() else { return nil }
        _ = ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.windowLog)
        self.stream = stream
    }

    deinit { ZSTD_freeDStream(stream) }

    /// Decompresses from `input` into `output` until one of them is used up; nil when the data is damaged.
    mutating func step(from input: ArraySlice<UInt8>, into output: inout [UInt8]) -> (consumed: Int, produced: Int)? {
        let stream = stream
        var result = 0
        let counts = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
                var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
                result = ZSTD_decompressStream(stream, &target, &source)
                return (consumed: source.pos, produced: target.pos)
            }
        }
        guard ZSTD_isError(result) == 0 else { return nil }
        // Zero says that a frame is complete and all of it was handed out.
        isInsideFrame = result != 0
        return counts
    }

    /// All of `bytes` at once; nil when they are damaged, break off, or grow beyond `limit` bytes.
    static func decompressed(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        guard var stream = ZstdStream() else { return nil }
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 17)
        var rest = bytes[...]
        while true {
            guard let step = stream.step(from: rest, into: &piece) else { return nil }
            rest = rest.dropFirst(step.consumed)
            guard result.count + step.produced <= limit else { return nil }
            result += piece[..<step.produced]
            // A full piece may have left more behind, but only of a frame that is not done.
            guard rest.isEmpty, !stream.isInsideFrame || step.produced < piece.count else { continue }
            return stream.isInsideFrame ? nil : result
        }
    }
}

import CZlib

/// zlib's inflate, a piece at a time.
struct InflateStream: ~Copyable {
    /// Why a step ended.
    enum End {
        case needsInput, needsOutput, finished, damaged
    }

    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil when zlib has no memory.
    init?(windowBits: Int32) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates from `input` into `output` from index `start` to its end, until one of them is used up.
    mutating func step(
        from input: ArraySlice<UInt8>, into output: inout [UInt8], at start: Int
    ) -> (consumed: Int, produced: Int, end: End) {
        input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                let inputCount = min(input.count, Int(UInt32.max))
                let outputCount = min(output.count - start, Int(UInt32.max))
                guard outputCount > 0, let target = output.baseAddress else { return (0, 0, .needsOutput) }
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(inputCount)
                stream.pointee.next_out = target + start
                stream.pointee.avail_out = UInt32(outputCount)
                let result = inflate(stream, Z_NO_FLUSH)
                let consumed = inputCount - Int(stream.pointee.avail_in)
                let produced = outputCount - Int(stream.pointee.avail_out)
                let end: End =
                    switch result {
                    case Z_STREAM_END: .finished
                    case Z_OK, Z_BUF_ERROR: stream.pointee.avail_out == 0 ? .needsOutput : .needsInput
                    default: .damaged
                    }
                return (consumed, produced, end)
            }
        }
    }

    /// After `.finished`, gets ready for another gzip member.
    mutating func beginNextMember() -> Bool { inflateReset(stream) == Z_OK }
}

import CZstd

/// Zstandard over system libzstd: level 1, which costs the least for spans.
enum Compression {
    static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let size = bytes.withUnsafeBytes { ZSTD_compress(buffer.baseAddress, bound, $0.baseAddress, $0.count, 1) }
            count = ZSTD_isError(size) == 0 ? size : 0
        }
    }

    /// Nil when the bytes are damaged, or would grow beyond `limit` bytes.
    static func decompressed(_ bytes: [UInt8], limit: Int = 256 << 20) -> [UInt8]? {
        let size = bytes.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        // The two largest values mean an unknown size and an error (zstd.h).
        guard size < UInt64.max - 1, size <= UInt64(limit) else { return nil }
        var isGood = false
        let result = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            let written = bytes.withUnsafeBytes {
                ZSTD_decompress(buffer.baseAddress, Int(size), $0.baseAddress, $0.count)
            }
            isGood = ZSTD_isError(written) == 0 && written == Int(size)
            count = isGood ? written : 0
        }
        return isGood ? result : nil
    }
}

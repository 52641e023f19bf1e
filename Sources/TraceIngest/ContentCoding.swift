import CZlib

/// How a body is compressed (HTTP's `Content-Encoding`, gRPC's `grpc-encoding`).
enum ContentCoding: Sendable, Equatable {
    case identity
    case gzip
    /// The zlib format (RFC 1950); bare deflate data (RFC 1951), which some senders mean by it, is taken too.
    case deflate

    /// From a header's value; nil where it names none of these, or several.
    init?(header: String?) {
        switch header?.lowercased() {
        case nil, "", "identity": self = .identity
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        default: return nil
        }
    }

    /// What `inflateInit2` calls the format.
    func windowBits(firstBytes: ArraySlice<UInt8>) -> Int32 {
        switch self {
        case .identity, .gzip: return 16 + MAX_WBITS
        case .deflate:
            guard let first = firstBytes.first, let second = firstBytes.dropFirst().first else { return MAX_WBITS }
            let isZlib = first & 0x0F == 8 && (UInt16(first) << 8 | UInt16(second)) % 31 == 0
            return isZlib ? MAX_WBITS : -MAX_WBITS
        }
    }
}

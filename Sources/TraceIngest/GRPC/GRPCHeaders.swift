import NIOHPACK
import OTLPCoding

/// The headers and trailers of answers.
enum GRPCHeaders {
    /// Before a message.
    static let opening: HPACKHeaders = [
        ":status": "200", "content-type": "application/grpc", "grpc-accept-encoding": "identity,gzip,deflate",
    ]

    /// After a message.
    static let success: HPACKHeaders = ["grpc-status": "0"]

    /// Instead of a message.
    static func failure(_ status: OTLPStatus) -> HPACKHeaders {
        var headers = opening
        headers.add(name: "grpc-status", value: String(status.code.rawValue))
        headers.add(name: "grpc-message", value: percentEncoded(status.message))
        if status.retryAfterSeconds != nil {
            headers.add(name: "grpc-status-details-bin", value: base64(status.encoded(.protobuf)))
        }
        return headers
    }

    /// As `grpc-message` wants it: printable ASCII without `%` stands for itself.
    static func percentEncoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "%") {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    /// RFC 4648, without padding, as headers whose names end in `-bin` have it.
    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0...group.count { result.append(alphabet[bits >> (18 - 6 * index) & 63]) }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

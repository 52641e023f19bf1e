/// The bodies with which a server answers, in the encoding of the request.
public enum OTLPEncoding: Sendable, Equatable {
    case protobuf
    case json
}

/// An `ExportTraceServiceResponse`.
public struct OTLPReply: Sendable, Equatable {
    /// How many spans were not kept, and why: sent as `partial_success` when there is something to say. A message with
    /// zero spans is a warning.
    public var rejectedSpans: Int
    public var message: String

    /// The longest message in bytes of UTF-8. The specification limits a response to 4 MiB and asks to shorten the
    /// message first; whoever reads it is a log line.
    public static let longestMessage = 4096

    public init(rejectedSpans: Int = 0, message: String = "") {
        self.rejectedSpans = rejectedSpans
        self.message = message
    }

    public func encoded(_ encoding: OTLPEncoding) -> [UInt8] {
        let message = shortened(self.message)
        switch encoding {
        case .protobuf:
            var writer = WireWriter()
            if rejectedSpans != 0 || !message.isEmpty {
                writer.message(1) { writer in
                    if rejectedSpans != 0 { writer.number(1, UInt64(bitPattern: Int64(rejectedSpans))) }
                    writer.nonEmptyString(2, message)
                }
            }
            return writer.bytes
        case .json:
            guard rejectedSpans != 0 || !message.isEmpty else { return Array("{}".utf8) }
            return Array(
                #"{"partialSuccess":{"rejectedSpans":"\#(rejectedSpans)","errorMessage":\#(jsonQuoted(message))}}"#.utf8
            )
        }
    }
}

/// A `google.rpc.Status`: the body of every answer that is an error.
public struct OTLPStatus: Sendable, Equatable {
    /// The codes of gRPC that a server of OTLP uses.
    public enum Code: Int, Sendable, CaseIterable {
        case invalidArgument = 3
        case deadlineExceeded = 4
        case notFound = 5
        case permissionDenied = 7
        case resourceExhausted = 8
        case unimplemented = 12
        case `internal` = 13
        case unavailable = 14
        case unauthenticated = 16
    }

    public var code: Code
    /// A clause without a full stop.
    public var message: String
    /// Seconds after which to try again, sent as `google.rpc.RetryInfo`; nil where trying again is of no use or left
    /// to the client.
    public var retryAfterSeconds: Int?

    public init(_ code: Code, _ message: String, retryAfterSeconds: Int? = nil) {
        self.code = code
        self.message = message
        self.retryAfterSeconds = retryAfterSeconds
    }

    public func encoded(_ encoding: OTLPEncoding) -> [UInt8] {
        let message = shortened(self.message)
        switch encoding {
        case .protobuf:
            var writer = WireWriter()
            writer.number(1, UInt64(code.rawValue))
            writer.nonEmptyString(2, message)
            if let retryAfterSeconds {
                writer.message(3) { writer in
                    writer.string(1, "type.googleapis.com/google.rpc.RetryInfo")
                    writer.message(2) { $0.message(1) { $0.number(1, UInt64(max(0, retryAfterSeconds))) } }
                }
            }
            return writer.bytes
        case .json:
            let details =
                retryAfterSeconds.map {
                    #","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"\#(max(0, $0))s"}]"#
                } ?? ""
            return Array(#"{"code":\#(code.rawValue),"message":\#(jsonQuoted(message))\#(details)}"#.utf8)
        }
    }
}

/// The text, or its beginning and an ellipsis where it is longer than a message may be.
private func shortened(_ text: String) -> String {
    guard text.utf8.count > OTLPReply.longestMessage else { return text }
    var result = ""
    var count = "…".utf8.count
    for scalar in text.unicodeScalars {
        count += UTF8.width(scalar)
        if count > OTLPReply.longestMessage { break }
        result.unicodeScalars.append(scalar)
    }
    return result + "…"
}

/// The text as a JSON string with its quotes.
func jsonQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}":
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

import NIOHPACK
import OTLPCoding

/// What a server decides from the headers of a gRPC request alone ("gRPC over HTTP2", and OTLP specification 1.11).
enum GRPCRules {
    static let path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"

    /// How to read the message, or the answer when there is no point in reading it.
    static func judge(_ headers: HPACKHeaders, token: BearerToken? = nil) -> GRPCVerdict {
        guard headers.first(name: ":method") == "POST" else { return .answer(.http(405)) }
        guard let type = headers.first(name: "content-type"), isGRPC(type) else { return .answer(.http(415)) }
        if let token, !token.isCarried(by: headers["authorization"]) {
            return .answer(.failure(OTLPStatus(.unauthenticated, BearerToken.problem)))
        }
        switch headers.first(name: ":path") {
        case path: break
        case "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
            return refusal("metrics are not kept here (OTEL_METRICS_EXPORTER=none stops them)")
        case "/opentelemetry.proto.collector.logs.v1.LogsService/Export":
            return refusal("logs are not kept here (OTEL_LOGS_EXPORTER=none stops them)")
        case let path: return refusal("unknown method \(path ?? "")")
        }
        guard let coding = ContentCoding(header: headers.first(name: "grpc-encoding")) else {
            return refusal("grpc-encoding must be gzip, deflate or identity")
        }
        return .read(GRPCPlan(coding: coding, timeout: headers.first(name: "grpc-timeout").flatMap(duration)))
    }

    private static func refusal(_ problem: String) -> GRPCVerdict {
        .answer(.failure(OTLPStatus(.unimplemented, problem)))
    }

    /// `application/grpc`, also as `application/grpc+proto` and with parameters; other encodings of messages are not
    /// OTLP.
    private static func isGRPC(_ type: String) -> Bool {
        let type = type.lowercased().prefix { $0 != ";" && $0 != " " }
        return type == "application/grpc" || type == "application/grpc+proto"
    }

    /// A `grpc-timeout`: up to eight digits and a unit; nil for anything else.
    static func duration(_ text: String) -> Duration? {
        guard let unit = text.last, (2...9).contains(text.utf8.count) else { return nil }
        let digits = text.dropLast()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(digits) else { return nil }
        return switch unit {
        case "H": .seconds(count * 3600)
        case "M": .seconds(count * 60)
        case "S": .seconds(count)
        case "m": .milliseconds(count)
        case "u": .microseconds(count)
        case "n": .nanoseconds(count)
        default: nil
        }
    }
}

/// What follows from the headers of a request.
enum GRPCVerdict: Equatable {
    case read(GRPCPlan)
    case answer(GRPCAnswer)
}

/// How the message of a request is to be read.
struct GRPCPlan: Equatable {
    var coding: ContentCoding
    /// How long the client waits.
    var timeout: Duration?
}

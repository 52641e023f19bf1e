import OTLPCoding

/// One gRPC method, as `opentelemetry-instrumentation-grpc` describes it on both sides.
struct GRPCMethod: Sendable {
    let service: String
    let method: String

    var path: String { "/\(service)/\(method)" }

    static let getBalance = GRPCMethod(service: "booking.Member", method: "GetBalance")
    static let charge = GRPCMethod(service: "booking.Payment", method: "Charge")
    static let refund = GRPCMethod(service: "booking.Payment", method: "Refund")
    static let releaseSeats = GRPCMethod(service: "booking.Inventory", method: "ReleaseSeats")

    fileprivate var attributes: Attributes {
        [("rpc.system", "grpc"), ("rpc.method", .string(method)), ("rpc.service", .string(service))]
    }
}

extension Tracer {
    func client(_ method: GRPCMethod, in parent: TraceContext) -> ActiveSpan {
        start(method.path, .client, by: .grpc, in: parent, attributes: method.attributes)
    }

    func server(_ method: GRPCMethod, in parent: TraceContext) -> ActiveSpan {
        start(
            method.path, .server, by: .grpc, in: parent, remote: true,
            attributes: method.attributes + [
                ("rpc.user_agent", "grpc-python/1.85.1 grpc-c/58.0.0 (linux; chttp2)"), ("net.peer.ip", "10.0.3.18"),
            ])
    }

    /// Ends either side of a call; nil is OK (code 0).
    func end(_ span: ActiveSpan, failure: GRPCFailure?) {
        var span = span
        span.set("rpc.grpc.status_code", .int(failure?.code ?? 0))
        if let failure { span.markFailed(failure.details) }
        end(span)
    }
}

/// A gRPC status other than OK.
struct GRPCFailure: Sendable, Equatable {
    let code: Int64
    let details: String

    /// FAILED_PRECONDITION
    static let cardDeclined = GRPCFailure(code: 9, details: "card declined by issuer")
}

import OTLPCoding

/// One HTTP request, as instrumentations on both sides describe it.
struct HTTPExchange: Sendable {
    let method: String
    /// The path with its parameters as names: `/orders/{order_id}`.
    let route: String
    /// The path as requested: `/orders/O-1`.
    let path: String
    /// The called host.
    let host: String

    init(_ method: String, _ route: String, path: String? = nil, host: String) {
        self.method = method
        self.route = route
        self.path = path ?? route
        self.host = host
    }

    /// Which names of the HTTP attributes a service emits: `OTEL_SEMCONV_STABILITY_OPT_IN` unset, `http/dup` or `http`.
    enum Generation: Sendable { case old, both, new }
}

extension Tracer {
    /// A request going out. Browsers call it `HTTP POST`, the rest `POST`.
    func client(
        _ exchange: HTTPExchange, by instrumentation: Instrumentation, _ generation: HTTPExchange.Generation,
        in parent: TraceContext?
    ) -> ActiveSpan {
        let isFetch = instrumentation == .fetch
        let url: OTLPValue = .string("\(isFetch ? "https" : "http")://\(exchange.host)\(exchange.path)")
        var attributes: Attributes = []
        if generation != .new {
            attributes += [("http.method", .string(exchange.method)), ("http.url", url)]
        }
        if generation != .old {
            attributes += [
                ("http.request.method", .string(exchange.method)), ("url.full", url),
                ("server.address", .string(exchange.host)), ("network.protocol.version", "1.1"),
            ]
        }
        if isFetch { attributes += [("component", "fetch"), ("http.host", .string(exchange.host))] }
        return start(
            isFetch ? "HTTP \(exchange.method)" : exchange.method, .client, by: instrumentation, in: parent,
            attributes: attributes)
    }

    /// A request coming in.
    func server(
        _ exchange: HTTPExchange, by instrumentation: Instrumentation, _ generation: HTTPExchange.Generation,
        in parent: TraceContext
    ) -> ActiveSpan {
        var attributes: Attributes = []
        if generation != .new {
            attributes += [
                ("http.method", .string(exchange.method)), ("http.scheme", "http"),
                ("http.host", .string(exchange.host)), ("http.target", .string(exchange.path)),
                ("http.flavor", "1.1"), ("net.peer.ip", "10.0.3.17"),
            ]
        }
        if generation != .old {
            attributes += [
                ("http.request.method", .string(exchange.method)), ("url.scheme", "http"),
                ("url.path", .string(exchange.path)), ("server.address", .string(exchange.host)),
                ("client.address", "10.0.3.17"), ("network.protocol.version", "1.1"),
            ]
        }
        attributes.append(("http.route", .string(exchange.route)))
        return start(
            "\(exchange.method) \(exchange.route)", .server, by: instrumentation, in: parent, remote: true,
            attributes: attributes)
    }

    /// Ends either side of a request. An error is 400 and up for the client, 500 and up for the server.
    func end(_ span: ActiveSpan, status: Int, _ generation: HTTPExchange.Generation) {
        var span = span
        if generation != .new { span.set("http.status_code", .int(Int64(status))) }
        if generation != .old { span.set("http.response.status_code", .int(Int64(status))) }
        if status >= (span.record.kind == .client ? 400 : 500) { span.markFailed() }
        end(span)
    }
}

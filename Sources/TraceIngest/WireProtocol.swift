import NIOCore

/// What a server speaks: how a connection is set up, and how one too many is turned away.
public struct WireProtocol: Sendable {
    /// One word for metrics: `http`.
    public let name: String
    /// Whether to keep a connection whose client has ended its sending.
    let keepsHalfClosed: Bool
    /// Adds the handlers of a connection.
    let setUp: @Sendable (any Channel, IngestService, ServerSettings) throws -> Void
    /// Answers a connection for which there is no room, or throws to cut it.
    let turnAway: @Sendable (any Channel) throws -> Void

    /// OTLP/HTTP: protobuf and JSON at `/v1/traces`.
    public static let otlpHTTP = http("http", HTTPRoutes.otlp)

    /// OTLP/gRPC: `TraceService/Export` over plain HTTP/2 by prior knowledge, as exporters speak it to `http://`
    /// endpoints.
    public static let otlpGRPC = grpc("grpc")

    /// Zipkin's version 2 JSON at `/api/v2/spans`.
    public static let zipkin = http("zipkin", HTTPRoutes.zipkin)

    /// Pages by path, for people and for programs that watch the collector.
    public static func admin(_ pages: [String: @Sendable () -> HTTPPage]) -> WireProtocol {
        http("admin", .pages(pages))
    }
}

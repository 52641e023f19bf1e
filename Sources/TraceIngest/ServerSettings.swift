/// The limits of a server of OTLP. The defaults are for a collector on a developer's machine or next to a fleet.
public struct ServerSettings: Sendable, Equatable {
    /// The longest request in bytes, as sent and after decompression. 64 MiB is what the specification recommends.
    public var bodyLimit = 64 << 20
    /// Bytes that all requests together may hold in memory; more are answered with 503.
    public var budget = 256 << 20
    /// Connections that may be open at once; more are answered with 503.
    public var connectionLimit = 1024
    /// The longest head of a request in bytes.
    public var headLimit = 32 << 10
    /// How long a request may take from its head to its last byte.
    public var requestTimeout: Duration = .seconds(60)
    /// How long a connection may stay open without a request.
    public var idleTimeout: Duration = .seconds(180)
    /// Hosts by which the server may be asked besides its own, when it listens on loopback only. A web page may make a
    /// browser ask any server under a name of its own ("DNS rebinding"), so that other names are refused.
    public var allowedHosts: [String] = []
    /// Origins of web pages that may send spans, e.g. `https://shop.example`, or `*`. None by default.
    public var allowedOrigins: [String] = []
    /// What clients must carry, as `Authorization: Bearer TOKEN`; nil lets everybody in who can reach the server.
    public var token: BearerToken?
    /// Event loops; nil for one per core, at most four.
    public var threads: Int?
    /// What a request may ask of its reader.
    public var depthLimit = 100

    public init() {}
}

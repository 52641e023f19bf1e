import NIOCore
import NIOHTTP2
import NIOPosix
public import TraceModel

/// A server of OTLP/gRPC: takes spans by `TraceService/Export`, and says so once the sink has them.
///
/// Plain HTTP/2 (h2c) by prior knowledge, as exporters speak it to `http://` endpoints.
public final class OTLPGRPCServer: Sendable {
    /// Where it listens, e.g. `127.0.0.1:4317`.
    public let address: String
    /// The port, also when it was chosen by the system.
    public let port: Int

    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let registry: ConnectionRegistry
    private let service: IngestService

    private init(
        address: String, port: Int, group: MultiThreadedEventLoopGroup, channel: any Channel,
        registry: ConnectionRegistry, service: IngestService
    ) {
        self.address = address
        self.port = port
        self.group = group
        self.channel = channel
        self.registry = registry
        self.service = service
    }

    /// Begins to listen.
    /// - Parameters:
    ///   - address: An address of this machine, or its name.
    ///   - port: 0 lets the system choose one.
    public static func start(
        address: String, port: Int, sink: any SpanSink, settings: ServerSettings = ServerSettings()
    ) async throws(ListenFailure) -> OTLPGRPCServer {
        let service = IngestService(sink: sink, settings: settings)
        let registry = ConnectionRegistry(limit: settings.connectionLimit, tally: service.tally)
        let group = MultiThreadedEventLoopGroup(
            numberOfThreads: max(1, settings.threads ?? min(4, System.coreCount)))
        let bootstrap = Listening.bootstrap(group, halfClosure: false) { channel in
            channel.eventLoop.makeCompletedFuture {
                guard registry.add(channel) else { throw TooManyConnections() }
                try channel.pipeline.syncOperations.addGRPCHandlers(service, settings, channel.eventLoop)
            }
        }
        let (channel, written) = try await Listening.bind(bootstrap, address: address, port: port, closing: group)
        return OTLPGRPCServer(
            address: written, port: channel.localAddress?.port ?? port, group: group, channel: channel,
            registry: registry, service: service)
    }

    /// What was received so far.
    public var counters: IngestCounters { service.counters }

    /// Stops: takes no more connections, answers the calls that were begun, and ends connections and threads.
    /// - Parameter grace: How long the calls at hand may take; then their connections are cut.
    public func shutdown(grace: Duration = .seconds(10)) async {
        await Listening.shutdown(channel, registry, service, group, grace: grace)
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// The handlers of one connection: HTTP/2 by NIO, and a handler of ours for each call.
    fileprivate func addGRPCHandlers(
        _ service: IngestService, _ settings: ServerSettings, _ loop: any EventLoop
    ) throws {
        let management = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: loop,
            configuration: .init(maxIdleTime: nil, maxAge: nil, maxGraceTime: nil, keepalive: nil))
        _ = try configureHTTP2Pipeline(
            mode: .server, connectionConfiguration: GRPCSettings.connection, streamConfiguration: GRPCSettings.stream,
            streamDelegate: management.http2StreamDelegate
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(GRPCStreamHandler(service, settings))
            }
        }
        try addHandler(management)
        try addHandler(GRPCConnectionHandler(patience: settings.idleTimeout))
    }
}

/// How HTTP/2 is spoken.
private enum GRPCSettings {
    /// Bytes that a client may send ahead on one stream, and on all of a connection's.
    private static let window = 1 << 20

    static var connection: NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: 128),
            HTTP2Setting(parameter: .maxHeaderListSize, value: 16 << 10),
            HTTP2Setting(parameter: .initialWindowSize, value: window),
            HTTP2Setting(parameter: .maxFrameSize, value: 256 << 10),
        ]
        configuration.targetWindowSize = 4 * window
        // Clients measure the bandwidth with a PING for each answer that they receive: a busy one sends thousands in a
        // second, and NIO's default of 200 in half a minute would cut it off.
        configuration.controlFrameRateLimit.maximumCount = 10_000
        configuration.controlFrameRateLimit.windowLength = .seconds(1)
        return configuration
    }

    static var stream: NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.targetWindowSize = window
        // Clients whose deadlines pass under load reset many calls at once. 2000 in half a minute is still far from a
        // rapid reset attack (CVE-2023-44487).
        configuration.streamResetFrameRateLimit.maximumCount = 2000
        configuration.streamErrorRateLimit.maximumCount = 2000
        return configuration
    }
}

import NIOCore
import NIOHTTP1
import NIOPosix
public import TraceModel

/// A server of OTLP/HTTP: takes spans at `/v1/traces`, in protobuf and JSON, and says so once the sink has them.
///
/// ```swift
/// let server = try await OTLPHTTPServer.start(address: "127.0.0.1", port: 4318, sink: store)
/// print("waiting for spans on \(server.address)")
/// await server.shutdown()
/// ```
public final class OTLPHTTPServer: Sendable {
    /// Where it listens, e.g. `127.0.0.1:4318`.
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
    ) async throws(ListenFailure) -> OTLPHTTPServer {
        let service = IngestService(sink: sink, settings: settings)
        let registry = ConnectionRegistry(limit: settings.connectionLimit, tally: service.tally)
        let group = MultiThreadedEventLoopGroup(
            numberOfThreads: max(1, settings.threads ?? min(4, System.coreCount)))
        let bootstrap = Listening.bootstrap(group, halfClosure: true) { channel in
            guard registry.add(channel) else {
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RefusalHandler())
                }
            }
            return channel.eventLoop.makeCompletedFuture {
                let rules = HTTPRules(settings: settings, isLoopback: Listening.isLoopback(channel.localAddress))
                try channel.pipeline.syncOperations.addOTLPHandlers(service, rules)
            }
        }
        let (channel, written) = try await Listening.bind(bootstrap, address: address, port: port, closing: group)
        return OTLPHTTPServer(
            address: written, port: channel.localAddress?.port ?? port, group: group, channel: channel,
            registry: registry, service: service)
    }

    /// What was received so far.
    public var counters: IngestCounters { service.counters }

    /// Stops: takes no more connections, answers the requests that were begun, and ends connections and threads.
    /// - Parameter grace: How long the requests at hand may take; then their connections are cut.
    public func shutdown(grace: Duration = .seconds(10)) async {
        await Listening.shutdown(channel, registry, service, group, grace: grace)
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// The handlers of one connection: HTTP/1 by NIO, one request at a time, and ours.
    fileprivate func addOTLPHandlers(_ service: IngestService, _ rules: HTTPRules) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = rules.settings.headLimit
        limits.maxHeaderListSize = rules.settings.headLimit
        limits.maxHeaderFieldCount = 128
        try addHandler(HTTPResponseEncoder())
        try addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: limits)))
        try addHandler(HTTPServerPipelineHandler())
        try addHandler(HTTPHandler(service, rules: rules))
    }
}

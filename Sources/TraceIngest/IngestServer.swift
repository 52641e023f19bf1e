import NIOCore
import NIOPosix
public import TraceModel

/// A server that takes spans, and says so once the sink has them.
///
/// ```swift
/// let server = try await IngestServer.start(.otlpHTTP, address: "127.0.0.1", port: 4318, sink: store)
/// print("waiting for spans on \(server.address)")
/// await server.shutdown()
/// ```
public final class IngestServer: Sendable {
    /// What it speaks, in one word: `http`, `grpc`.
    public let name: String
    /// Where it listens, e.g. `127.0.0.1:4318`.
    public let address: String
    /// The port, also when it was chosen by the system.
    public let port: Int

    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let registry: ConnectionRegistry
    private let service: IngestService

    private init(
        name: String, address: String, group: MultiThreadedEventLoopGroup, channel: any Channel,
        registry: ConnectionRegistry, service: IngestService
    ) {
        self.name = name
        self.address = address
        self.port = channel.localAddress?.port ?? 0
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
        _ speaks: WireProtocol, address: String, port: Int, sink: any SpanSink,
        settings: ServerSettings = ServerSettings()
    ) async throws(ListenFailure) -> IngestServer {
        let service = IngestService(sink: sink, settings: settings)
        let registry = ConnectionRegistry(limit: settings.connectionLimit, tally: service.tally)
        let group = MultiThreadedEventLoopGroup(
            numberOfThreads: max(1, settings.threads ?? min(4, System.coreCount)))
        let bootstrap = Listening.bootstrap(group, halfClosure: speaks.keepsHalfClosed) { channel in
            channel.eventLoop.makeCompletedFuture {
                guard registry.add(channel) else { return try speaks.turnAway(channel) }
                try speaks.setUp(channel, service, settings)
            }
        }
        let (channel, written) = try await Listening.bind(bootstrap, address: address, port: port, closing: group)
        return IngestServer(
            name: speaks.name, address: written, group: group, channel: channel, registry: registry, service: service)
    }

    /// What was received so far.
    public var counters: IngestCounters { service.counters }

    /// Stops: takes no more connections, answers the requests that were begun (HTTP/2 clients are told by GOAWAY), and
    /// ends connections and threads.
    /// - Parameter grace: How long the requests at hand may take; then their connections are cut.
    public func shutdown(grace: Duration = .seconds(10)) async {
        try? await channel.close().get()
        let connections = registry.close()
        for connection in connections {
            connection.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        let loop = group.next()
        let cut = loop.scheduleTask(in: TimeAmount(grace)) {
            for connection in connections { connection.close(promise: nil) }
        }
        try? await EventLoopFuture.andAllComplete(connections.map(\.closeFuture), on: loop).get()
        cut.cancel()
        service.stop()
        try? await group.shutdownGracefully()
    }
}

import NIOCore
import NIOHTTP2

extension WireProtocol {
    /// HTTP/2 by NIO, and a handler of ours for each call.
    static func grpc(_ name: String) -> WireProtocol {
        WireProtocol(
            name: name, keepsHalfClosed: false,
            setUp: { channel, service, settings in
                let management = NIOHTTP2ServerConnectionManagementHandler(
                    eventLoop: channel.eventLoop,
                    configuration: .init(maxIdleTime: nil, maxAge: nil, maxGraceTime: nil, keepalive: nil))
                let pipeline = channel.pipeline.syncOperations
                _ = try pipeline.configureHTTP2Pipeline(
                    mode: .server, connectionConfiguration: GRPCSettings.connection,
                    streamConfiguration: GRPCSettings.stream, streamDelegate: management.http2StreamDelegate
                ) { stream in
                    stream.eventLoop.makeCompletedFuture {
                        try stream.pipeline.syncOperations.addHandler(GRPCStreamHandler(service, settings))
                    }
                }
                try pipeline.addHandler(management)
                try pipeline.addHandler(GRPCConnectionHandler(patience: settings.idleTimeout))
            },
            turnAway: { _ in throw TooManyConnections() })
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

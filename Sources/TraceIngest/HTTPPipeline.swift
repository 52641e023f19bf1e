import NIOCore
import NIOHTTP1

extension WireProtocol {
    /// HTTP/1 by NIO, one request at a time, and our handler.
    static func http(_ name: String, _ routes: HTTPRoutes) -> WireProtocol {
        WireProtocol(
            name: name, keepsHalfClosed: true,
            setUp: { channel, service, settings in
                let rules = HTTPRules(
                    settings: settings, isLoopback: Listening.isLoopback(channel.localAddress), routes: routes)
                var limits = NIOHTTPDecoderLimitConfiguration()
                limits.maxHeaderFieldSize = settings.headLimit
                limits.maxHeaderListSize = settings.headLimit
                limits.maxHeaderFieldCount = 128
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(HTTPResponseEncoder())
                try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: limits)))
                try pipeline.addHandler(HTTPServerPipelineHandler())
                try pipeline.addHandler(HTTPHandler(service, rules: rules))
            },
            turnAway: { try $0.pipeline.syncOperations.addHandler(RefusalHandler()) })
    }
}

import NIOCore
import NIOHTTP1
import NIOPosix
import TraceIngest

/// OTLP/HTTP end to end, on the same cores as the load: requests of 512 spans on eight connections, and requests of one
/// span on sixty-four.
enum HTTPBenchmark {
    static func run() async throws {
        let figures = try await EndToEnd.run(.otlpHTTP, connections: 8, spans: Load.spansPerRequest, requests: 60) {
            try await send($0, port: $1, group: $2)
        }
        report("http_spans_per_second", figures.spansPerSecond)
        report("http_p50_ms", figures.p50 * 1e3)
        report("http_p99_ms", figures.p99 * 1e3)
    }

    static func runSmall() async throws {
        let figures = try await EndToEnd.run(.otlpHTTP, connections: 64, spans: 1, requests: 300) {
            try await send($0, port: $1, group: $2)
        }
        report("small_requests_per_second", figures.spansPerSecond)
        report("small_p99_ms", figures.p99 * 1e3)
    }

    /// Sends the requests one after the other; gives the seconds that each took.
    private static func send(_ load: [[UInt8]], port: Int, group: MultiThreadedEventLoopGroup) async throws -> [Double]
    {
        let latencies = group.any().makePromise(of: [Double].self)
        _ = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(Sender(load, host: "127.0.0.1:\(port)", latencies))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return try await latencies.futureResult.get()
    }

    /// Sends the next request when the last one is answered. Lives on the event loop, because the load takes its time
    /// from the cores of the server.
    private final class Sender: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias OutboundOut = HTTPClientRequestPart

        private var left: ArraySlice<[UInt8]>
        private let host: String
        private let promise: EventLoopPromise<[Double]>
        private var latencies: [Double] = []
        private var start = ContinuousClock.now

        init(_ load: [[UInt8]], host: String, _ promise: EventLoopPromise<[Double]>) {
            left = load[...]
            self.host = host
            self.promise = promise
        }

        func channelActive(context: ChannelHandlerContext) { sendNext(context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head) where head.status != .ok: fail(UnexpectedAnswer(text: "\(head.status)"), context)
            case .head, .body: break
            case .end:
                latencies.append((ContinuousClock.now - start) / .seconds(1))
                sendNext(context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error, context) }

        func channelInactive(context: ChannelHandlerContext) { fail(UnexpectedAnswer(text: "closed"), context) }

        private func sendNext(_ context: ChannelHandlerContext) {
            guard let body = left.popFirst() else {
                promise.succeed(latencies)
                return context.close(promise: nil)
            }
            start = .now
            let head = HTTPRequestHead(
                version: .http1_1, method: .POST, uri: "/v1/traces",
                headers: [
                    "host": host, "content-type": "application/x-protobuf", "content-length": "\(body.count)",
                ])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}

import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import TraceIngest

/// OTLP/gRPC end to end: what `HTTPBenchmark` sends, as unary calls.
enum GRPCBenchmark {
    static func run() async throws {
        let figures = try await EndToEnd.run(.otlpGRPC, connections: 8, spans: Load.spansPerRequest, requests: 60) {
            try await send($0, port: $1, group: $2)
        }
        report("grpc_spans_per_second", figures.spansPerSecond)
        report("grpc_p99_ms", figures.p99 * 1e3)
    }

    private static func send(_ load: [[UInt8]], port: Int, group: MultiThreadedEventLoopGroup) async throws -> [Double]
    {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.controlFrameRateLimit.maximumCount = 1_000_000
        let (channel, multiplexer) = try await ClientBootstrap(group: group)
            .connect(host: "127.0.0.1", port: port) { [configuration] channel in
                channel.eventLoop.makeCompletedFuture {
                    let multiplexer = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
                        mode: .client, connectionConfiguration: configuration, streamConfiguration: .init()
                    ) { $0.eventLoop.makeSucceededVoidFuture() }
                    return (channel, multiplexer)
                }
            }
        var latencies: [Double] = []
        for body in load {
            let start = ContinuousClock.now
            try await call(body, channel, multiplexer)
            latencies.append((ContinuousClock.now - start) / .seconds(1))
        }
        try await channel.close()
        return latencies
    }

    private static let headers: HPACKHeaders = [
        ":method": "POST", ":scheme": "http", ":authority": "localhost",
        ":path": "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "content-type": "application/grpc",
        "te": "trailers",
    ]

    private static func call(
        _ body: [UInt8], _ channel: any Channel, _ multiplexer: NIOHTTP2Handler.StreamMultiplexer
    ) async throws {
        let answer = channel.eventLoop.makePromise(of: String.self)
        let stream = try await multiplexer.createStreamChannel { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(StatusReader(answer))
            }
        }.get()
        var message = channel.allocator.buffer(capacity: 5 + body.count)
        message.writeInteger(UInt8(0))
        message.writeInteger(UInt32(body.count))
        message.writeBytes(body)
        stream.write(HTTP2Frame.FramePayload.headers(.init(headers: headers)), promise: nil)
        stream.writeAndFlush(
            HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(message), endStream: true)), promise: nil)
        let status = try await answer.futureResult.get()
        guard status == "0" else { throw UnexpectedAnswer(text: "grpc-status \(status)") }
    }

    private final class StatusReader: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame.FramePayload

        private var status = "none"
        private let promise: EventLoopPromise<String>

        init(_ promise: EventLoopPromise<String>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .headers(let headers) = unwrapInboundIn(data),
                let status = headers.headers.first(name: "grpc-status")
            {
                self.status = status
            }
        }

        func channelInactive(context: ChannelHandlerContext) { promise.succeed(status) }
    }
}

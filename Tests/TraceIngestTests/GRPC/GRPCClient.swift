import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix

/// A client of gRPC for tests, which sends any headers and bytes.
struct GRPCClient {
    /// What a call came to.
    struct Answer: Sendable {
        var headers = HPACKHeaders()
        var body: [UInt8] = []
        var wasReset = false

        subscript(_ name: String) -> String? { headers.first(name: name) }

        /// The message, without its prefix.
        var message: [UInt8] { Array(body.dropFirst(5)) }
    }

    private let channel: any Channel
    private let multiplexer: NIOHTTP2Handler.StreamMultiplexer

    /// - Parameter window: Bytes of an answer that the client takes; nil for the usual.
    init(port: Int, window: Int? = nil) async throws {
        // The answers to PINGs count against the client's own limit.
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.controlFrameRateLimit.maximumCount = 10_000
        var streams = NIOHTTP2Handler.StreamConfiguration()
        if let window {
            configuration.initialSettings = [HTTP2Setting(parameter: .initialWindowSize, value: window)]
            streams.targetWindowSize = window
        }
        let (channel, multiplexer) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { [configuration, streams] channel in
                channel.eventLoop.makeCompletedFuture {
                    let multiplexer = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
                        mode: .client, connectionConfiguration: configuration, streamConfiguration: streams
                    ) { $0.eventLoop.makeSucceededVoidFuture() }
                    return (channel, multiplexer)
                }
            }
        self.channel = channel
        self.multiplexer = multiplexer
    }

    var isOpen: Bool { channel.isActive }

    func close() async { try? await channel.close() }

    func closed() async throws { try await channel.closeFuture.get() }

    /// The prefix of a message and the message.
    static func framed(_ message: [UInt8], isCompressed: Bool = false) -> [UInt8] {
        let count = UInt32(message.count)
        return [isCompressed ? 1 : 0] + (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) }
            + message
    }

    static let headers: HPACKHeaders = [
        ":method": "POST", ":scheme": "http", ":authority": "localhost", "content-type": "application/grpc",
        ":path": "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "te": "trailers",
    ]

    /// Makes a call.
    /// - Parameters:
    ///   - changes: Headers to set; nil removes one.
    ///   - ends: Whether the request is ended.
    func call(_ body: [UInt8], _ changes: [String: String?] = [:], ends: Bool = true) async throws -> Answer {
        var headers = HPACKHeaders()
        for (name, value, _) in Self.headers where changes[name] == nil { headers.add(name: name, value: value) }
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let value { headers.add(name: name, value: value) }
        }
        let ordered = HPACKHeaders(
            headers.sorted { $0.name.hasPrefix(":") && !$1.name.hasPrefix(":") }.map { ($0.name, $0.value) })
        let answer = channel.eventLoop.makePromise(of: Answer.self)
        let opening = multiplexer.createStreamChannel { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(Collector(answer))
            }
        }
        opening.whenFailure { answer.fail($0) }
        let stream = try await opening.get()
        stream.write(HTTP2Frame.FramePayload.headers(.init(headers: ordered)), promise: nil)
        stream.writeAndFlush(
            HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(ByteBuffer(bytes: body)), endStream: ends)),
            promise: nil)
        return try await answer.futureResult.get()
    }

    /// Sends so many PINGs and waits until the last is answered, or the connection ends.
    func ping(_ count: Int) async {
        for index in 0..<count {
            let frame = HTTP2Frame(streamID: .rootStream, payload: .ping(.init(withInteger: UInt64(index)), ack: false))
            try? await channel.writeAndFlush(frame)
        }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame.FramePayload

        private var answer = Answer()
        private let promise: EventLoopPromise<Answer>

        init(_ promise: EventLoopPromise<Answer>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .headers(let headers): answer.headers.add(contentsOf: headers.headers)
            case .data(let part):
                if case .byteBuffer(let buffer) = part.data { answer.body += Array(buffer.readableBytesView) }
            default: break
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { answer.wasReset = true }

        func channelInactive(context: ChannelHandlerContext) { promise.succeed(answer) }
    }
}

import NIOCore
import NIOHTTP1
import NIOPosix

/// A keep-alive HTTP/1.1 connection to the collector that is made again whenever it is gone.
///
/// One request is under way at a time: call `post` again after it returned.
actor CollectorConnection {
    private let host: String
    private let port: Int
    private let group: any EventLoopGroup
    private var channel: (any Channel)?

    /// A collector that has not answered by then is taken to be gone (the default of the OTLP exporters).
    static let answerTime = TimeAmount.seconds(10)

    init(host: String, port: Int, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.host = host
        self.port = port
        self.group = group
    }

    /// Sends one `ExportTraceServiceRequest` and waits for the answer.
    func post(_ body: [UInt8]) async -> ExportOutcome {
        guard (1...65_535).contains(port), let channel = try? await connected() else { return .unreachable }
        let promise = channel.eventLoop.makePromise(of: CollectorReply.self)
        channel.writeAndFlush(CollectorExchange(body: body, reply: promise)).whenFailure { promise.fail($0) }
        do {
            return try await promise.futureResult.get().outcome
        } catch {
            self.channel = nil
            channel.close(promise: nil)
            return .unreachable
        }
    }

    func close() async {
        let channel = self.channel
        self.channel = nil
        try? await channel?.close().get()
    }

    private func connected() async throws -> any Channel {
        if let channel, channel.isActive { return channel }
        let host = self.host
        let port = self.port
        let channel = try await ClientBootstrap(group: group)
            .connectTimeout(.seconds(2))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(CollectorHandler(host: "\(host):\(port)"))
                }
            }
            .connect(host: host, port: port).get()
        self.channel = channel
        return channel
    }
}

/// A request body, and who waits for the answer to it.
private struct CollectorExchange: Sendable {
    let body: [UInt8]
    let reply: EventLoopPromise<CollectorReply>
}

/// The part of an HTTP answer that an exporter acts on.
struct CollectorReply: Sendable, Equatable {
    var status: Int
    /// The `Retry-After` field, where it is a number of seconds.
    var retryAfter: Int?

    /// OTLP specification, "OTLP/HTTP Response": 429, 502, 503 and 504 are worth another try, nothing else is.
    var outcome: ExportOutcome {
        switch status {
        case 200..<300: .accepted
        case 429, 502, 503, 504: .busy(retryAfter: retryAfter.map { .seconds(min(max(0, $0), 3_600)) })
        default: .refused(status: status)
        }
    }
}

/// Writes requests and pairs them with their answers. Confined to the channel's event loop.
private final class CollectorHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = CollectorExchange
    typealias OutboundOut = HTTPClientRequestPart

    private let host: String
    private var waiting: EventLoopPromise<CollectorReply>?
    private var reply: CollectorReply?
    private var mustClose = false
    private var deadline: Scheduled<Void>?

    init(host: String) { self.host = host }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        guard waiting == nil, context.channel.isActive else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        waiting = exchange.reply
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: CollectorConnection.answerTime) { channel.close(promise: nil) }
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/v1/traces")
        head.headers = [
            "Host": host, "Content-Type": "application/x-protobuf", "Content-Length": String(exchange.body.count),
            "User-Agent": "OTel-OTLP-Exporter-Flowglass",
        ]
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = context.channel.allocator.buffer(bytes: exchange.body)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            reply = CollectorReply(
                status: Int(head.status.code), retryAfter: head.headers.first(name: "Retry-After").flatMap { Int($0) })
            mustClose = !head.isKeepAlive
        case .body: break
        case .end:
            guard let reply, let waiting else { return context.close(promise: nil) }
            self.reply = nil
            self.waiting = nil
            deadline?.cancel()
            if mustClose { context.close(promise: nil) }
            waiting.succeed(reply)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(ChannelError.inputClosed)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
        context.close(promise: nil)
    }

    private func fail(_ error: any Error) {
        deadline?.cancel()
        waiting?.fail(error)
        waiting = nil
    }
}

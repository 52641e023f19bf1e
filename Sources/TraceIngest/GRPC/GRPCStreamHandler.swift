import NIOCore
import NIOHPACK
import NIOHTTP2
import OTLPCoding

/// One call, which is one HTTP/2 stream. Lives on the connection's event loop.
final class GRPCStreamHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Phase {
        case idle
        case receiving(GRPCPlan)
        case storing
        case answered
    }

    private let service: IngestService
    private let settings: ServerSettings
    private var phase = Phase.idle
    private var message: GRPCMessage
    private var account: ByteAccount?
    private var isComplete = false
    private var timer: Scheduled<Void>?

    init(_ service: IngestService, _ settings: ServerSettings) {
        self.service = service
        self.settings = settings
        self.message = GRPCMessage(limit: settings.bodyLimit)
    }

    // MARK: Events

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let headers):
            if headers.endStream { isComplete = true }
            if case .idle = phase { begin(headers.headers, context) }
            if headers.endStream { finish(context) }
        case .data(let part):
            if part.endStream { isComplete = true }
            if case .byteBuffer(let buffer) = part.data { keep(buffer, context) }
            if part.endStream { finish(context) }
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .answered
        timer?.cancel()
        timer = nil
        account = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    // MARK: The call

    private func begin(_ headers: HPACKHeaders, _ context: ChannelHandlerContext) {
        switch GRPCRules.judge(headers, token: settings.token) {
        case .answer(let answer): send(answer, context)
        case .read(let plan):
            phase = .receiving(plan)
            let patience = min(plan.timeout ?? settings.requestTimeout, settings.requestTimeout)
            let handler = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
            timer = context.eventLoop.scheduleTask(in: TimeAmount(patience)) {
                let (own, context) = handler.value
                own.send(.failure(OTLPStatus(.deadlineExceeded, "the request was not kept in time")), context)
            }
        }
    }

    private func keep(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
        guard case .receiving = phase, part.readableBytes > 0 else { return }
        let account = self.account ?? service.budget.account()
        self.account = account
        guard account.take(part.readableBytes) else {
            send(.failure(GRPCAnswer.status(of: .overloaded)), context)
            return
        }
        do throws(GRPCRefusal) {
            try message.add(part.readableBytesView)
        } catch {
            send(.failure(error.status), context)
        }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard case .receiving(let plan) = phase else { return }
        let coding: ContentCoding
        do throws(GRPCRefusal) {
            coding = try message.finished(plan.coding)
        } catch {
            send(.failure(error.status), context)
            return
        }
        phase = .storing
        let content = message.content
        let account = self.account ?? service.budget.account()
        message = GRPCMessage(limit: 0)
        self.account = nil
        let handler = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        service.ingest(content, .protobuf, coding, account, on: context.eventLoop) { outcome in
            let (own, context) = handler.value
            own.send(.answer(to: outcome), context)
        }
    }

    /// Answers, once. A client that is still sending is told that nobody listens any more.
    private func send(_ answer: GRPCAnswer, _ context: ChannelHandlerContext) {
        if case .answered = phase { return }
        phase = .answered
        timer?.cancel()
        timer = nil
        account = nil
        message = GRPCMessage(limit: 0)
        switch answer {
        case .message(let content):
            var buffer = context.channel.allocator.buffer(capacity: 5 + content.count)
            buffer.writeInteger(UInt8(0))
            buffer.writeInteger(UInt32(content.count))
            buffer.writeBytes(content)
            write(.headers(.init(headers: GRPCHeaders.opening)), context)
            write(.data(.init(data: .byteBuffer(buffer))), context)
            write(.headers(.init(headers: GRPCHeaders.success, endStream: true)), context)
        case .failure(let status):
            service.tally.requestFailed(status)
            write(.headers(.init(headers: GRPCHeaders.failure(status), endStream: true)), context)
        case .http(let status):
            service.tally.requestFailed(OTLPStatus(.invalidArgument, "the request is not gRPC"))
            write(.headers(.init(headers: [":status": String(status)], endStream: true)), context)
        }
        if !isComplete { write(.rstStream(.noError), context) }
        context.flush()
        // A client that takes no answer (its window stays shut) must not hold the stream for ever.
        guard context.channel.isActive else { return }
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: TimeAmount(settings.requestTimeout)) { channel.close(promise: nil) }
    }

    private func write(_ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(payload), promise: nil)
    }
}

import NIOCore
import NIOHTTP1
import OTLPCoding
import TraceModel

/// One connection: carries out what `HTTPExchange` decides. Lives on the connection's event loop.
final class HTTPHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long the client may take to read the last answer of a connection.
    private static let farewell = TimeAmount.seconds(2)

    private let service: IngestService
    private var exchange: HTTPExchange
    private var body: [UInt8] = []
    private var account: ByteAccount?
    private var version = HTTPVersion.http1_1
    private var method = HTTPMethod.POST
    private var isClosing = false
    /// When the current phase has lasted too long; nil while the sink works.
    private var deadline: NIODeadline?
    private var timer: (fires: NIODeadline, task: Scheduled<Void>)?
    /// The phase that `deadline` is for.
    private var timedPhase: HTTPExchange.Phase?

    init(_ service: IngestService, rules: HTTPRules) {
        self.service = service
        self.exchange = HTTPExchange(rules)
    }

    // MARK: Events

    func channelActive(context: ChannelHandlerContext) {
        waitFor(exchange.phase, context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            timedPhase = nil
            version = head.version
            method = head.method
            body = []
            account = nil
            perform(exchange.head(head), context)
        case .body(let part):
            let action = exchange.body(part.readableBytes)
            if action == .keep { keep(part, context) } else { perform(action, context) }
        case .end: perform(exchange.end(), context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        waitFor(exchange.phase, context)
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        isClosing = true
        account = nil
        body = []
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isClosing else { return }
        perform(exchange.malformed(error), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelEvent, case ChannelEvent.inputClosed? = event as? ChannelEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        if isClosing { context.close(promise: nil) } else { perform(exchange.inputClosed(), context) }
    }

    // MARK: Actions

    private func perform(_ action: HTTPExchange.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing, .keep: break
        case .sayContinue:
            let head = HTTPResponseHead(version: version, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        case .read(let plan): read(plan, context)
        case .answer(let answer): send(answer, context)
        case .close: close(context)
        }
    }

    private func keep(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
        let account = self.account ?? service.budget.account()
        self.account = account
        guard account.take(part.readableBytes) else {
            perform(exchange.refuse(.answer(to: .overloaded, exchange.encoding)), context)
            return
        }
        body.append(contentsOf: part.readableBytesView)
    }

    private func read(_ plan: BodyPlan, _ context: ChannelHandlerContext) {
        let content = body
        let account = self.account ?? service.budget.account()
        body = []
        self.account = nil
        let handler = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        service.ingest(content, as: plan.intake, plan.encoding, plan.coding, account, on: context.eventLoop) {
            outcome in
            let (own, context) = handler.value
            own.perform(own.exchange.complete(.answer(to: outcome, plan.encoding, of: plan.intake)), context)
            own.waitFor(own.exchange.phase, context)
        }
    }

    private func send(_ answer: HTTPAnswer, _ context: ChannelHandlerContext) {
        body = []
        account = nil
        guard context.channel.isActive else { return }
        if let failure = answer.failure { service.tally.requestFailed(failure) }
        var head = HTTPResponseHead(version: version, status: answer.status)
        if answer.status != .noContent {
            head.headers.add(name: "content-type", value: answer.contentType)
            head.headers.add(name: "content-length", value: String(answer.body.count))
        }
        head.headers.add(contentsOf: answer.headers)
        if answer.closes {
            head.headers.add(name: "connection", value: "close")
        } else if version == .http1_0 {
            head.headers.add(name: "connection", value: "keep-alive")
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !answer.body.isEmpty, method != .HEAD {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if answer.closes { close(context) }
    }

    /// Closes so that the client can read what was sent: the output first, and all once the client has closed too.
    private func close(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        timer?.task.cancel()
        timer = nil
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
    }

    // MARK: Patience

    /// Sets the deadline of a phase. The timer stands until it fires or a nearer deadline comes: most requests touch
    /// it never.
    private func waitFor(_ phase: HTTPExchange.Phase, _ context: ChannelHandlerContext) {
        guard !isClosing, context.channel.isActive else { return }
        let settings = exchange.rules.settings
        switch phase {
        case .idle:
            // Not again for each piece of a head that comes in drops.
            if timedPhase != phase { deadline = .now() + TimeAmount(settings.idleTimeout) }
        case .receiving, .draining:
            if timedPhase != phase { deadline = .now() + TimeAmount(settings.requestTimeout) }
        case .storing, .closed: deadline = nil
        }
        timedPhase = phase
        guard let deadline else { return }
        if let timer {
            guard deadline < timer.fires else { return }
            timer.task.cancel()
        }
        schedule(at: deadline, context)
    }

    private func schedule(at fires: NIODeadline, _ context: ChannelHandlerContext) {
        let handler = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        timer = (
            fires,
            context.eventLoop.scheduleTask(deadline: fires) {
                let (own, context) = handler.value
                own.timerFired(context)
            }
        )
    }

    private func timerFired(_ context: ChannelHandlerContext) {
        timer = nil
        guard !isClosing, let deadline else { return }
        if deadline > .now() { schedule(at: deadline, context) } else { perform(exchange.timedOut(), context) }
    }
}

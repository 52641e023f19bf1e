import NIOCore
import NIOHTTP2

/// Ends a connection that carries no calls: politely at first, and then for good.
///
/// NIO's `NIOHTTP2ServerConnectionManagementHandler`, which comes before it, does the polite part; it waits for the
/// client's consent, which a dead client never gives.
final class GRPCConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias InboundOut = HTTP2Frame

    private static let farewell = TimeAmount.seconds(5)

    private let patience: TimeAmount
    private var calls = 0
    private var idleSince = NIODeadline.now()
    private var timer: Scheduled<Void>?

    init(patience: Duration) { self.patience = TimeAmount(patience) }

    func channelActive(context: ChannelHandlerContext) {
        idleSince = .now()
        schedule(at: idleSince + patience, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is NIOHTTP2StreamCreatedEvent: calls += 1
        case is StreamClosedEvent:
            calls -= 1
            idleSince = .now()
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The errors of single streams are the streams' own.
        if error is NIOHTTP2Errors.StreamError { return }
        context.close(promise: nil)
    }

    private func schedule(at deadline: NIODeadline, _ context: ChannelHandlerContext) {
        let handler = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (own, context) = handler.value
            own.timerFired(context)
        }
    }

    private func timerFired(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let deadline = idleSince + patience
        guard calls == 0, deadline <= .now() else {
            schedule(at: calls == 0 ? deadline : .now() + patience, context)
            return
        }
        let channel = context.channel
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        timer = context.eventLoop.scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
    }
}

import NIOCore

/// Lets a listening socket rest for a second when accepting fails, as it does when the process has no file descriptors
/// left: connections wait in the kernel meanwhile.
///
/// NIO's own `AcceptBackoffHandler` holds back only reads that are still to be asked for. After a failed accept the
/// read at hand stays pending, so that the event loop would try again at once and for ever.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private static let duration = TimeAmount.seconds(1)

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is IOError else {
            context.fireErrorCaught(error)
            return
        }
        let channel = context.channel
        channel.setOption(.autoRead, value: false)
            .whenSuccess {
                channel.eventLoop.scheduleTask(in: Self.duration) {
                    channel.setOption(.autoRead, value: true).whenFailure { _ in }
                }
            }
    }
}

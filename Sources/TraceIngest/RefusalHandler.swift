import NIOCore
import OTLPCoding

/// Turns a connection away that is one too many: an answer which every client tries again, and the end.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    static let answer: String = {
        let body = OTLPStatus(.unavailable, "too many connections are open", retryAfterSeconds: HTTPAnswer.longPause)
        let json = String(decoding: body.encoded(.json), as: UTF8.self)
        return """
            HTTP/1.1 503 Service Unavailable\r
            content-type: application/json\r
            content-length: \(json.utf8.count)\r
            retry-after: \(HTTPAnswer.longPause)\r
            connection: close\r
            \r
            \(json)
            """
    }()

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: Self.answer)))
            .whenComplete { _ in channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

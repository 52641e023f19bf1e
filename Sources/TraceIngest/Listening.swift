import Glibc
import NIOCore
import NIOPosix

/// Listening on a socket.
enum Listening {
    /// A bootstrap for servers. When the process has no file descriptors left, accepting rests for a second instead of
    /// failing over and over.
    /// - Parameter halfClosure: Whether to keep a connection whose client has ended its sending.
    static func bootstrap(
        _ group: MultiThreadedEventLoopGroup, halfClosure: Bool,
        connection: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause())
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: halfClosure)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 16384, maximum: 262_144)
            )
            .childChannelInitializer(connection)
    }

    /// Binds, or ends the group and says why not. The result holds the address as users write it.
    static func bind(
        _ bootstrap: ServerBootstrap, address: String, port: Int, closing group: MultiThreadedEventLoopGroup
    ) async throws(ListenFailure) -> (channel: any Channel, written: String) {
        let asked = ListenFailure.written(address, port)
        let failure: ListenFailure
        do {
            guard (0...65535).contains(port) else { throw ListenFailure.other(asked, reason: "no such port") }
            let channel = try await bootstrap.bind(host: address, port: port).get()
            let bound = channel.localAddress?.port ?? port
            return (channel, ListenFailure.written(channel.localAddress?.ipAddress ?? address, bound))
        } catch let error as ListenFailure {
            failure = error
        } catch let error as IOError {
            failure =
                switch error.errnoCode {
                case EADDRINUSE: .addressInUse(asked)
                case EACCES, EPERM: .notPermitted(asked)
                case EADDRNOTAVAIL: .noSuchAddress(asked)
                case let code: .other(asked, reason: String(cString: strerror(code)))
                }
        } catch is SocketAddressError {
            failure = .noSuchAddress(asked)
        } catch is SocketAddressError.UnknownHost {
            failure = .noSuchAddress(asked)
        } catch {
            failure = .other(asked, reason: String(describing: error))
        }
        try? await group.shutdownGracefully()
        throw failure
    }

    /// Whether only this machine can reach a socket with this address.
    static func isLoopback(_ address: SocketAddress?) -> Bool {
        guard let address else { return false }
        guard let text = address.ipAddress else { return address.protocol == .unix }
        return ListenAddress(host: text, port: address.port ?? 0).isLoopback
    }
}

import NIOCore
import Synchronization

/// The open connections of a server: how many there may be, and whom to tell when it ends.
final class ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isClosing = false
    }

    private let limit: Int
    private let tally: IngestTally
    private let state = Mutex(State())

    init(limit: Int, tally: IngestTally) {
        self.limit = limit
        self.tally = tally
    }

    /// Takes a new connection; false when there are too many or the server is about to end.
    func add(_ channel: any Channel) -> Bool {
        let key = ObjectIdentifier(channel)
        let isTaken = state.withLock { state in
            guard !state.isClosing, state.channels.count < limit else { return false }
            state.channels[key] = channel
            return true
        }
        guard isTaken else {
            tally.connectionRefused()
            return false
        }
        tally.connectionOpened()
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { _ = $0.channels.removeValue(forKey: key) }
            tally.connectionClosed()
        }
        return true
    }

    /// Takes no more connections; the result are those that are still open.
    func close() -> [any Channel] {
        state.withLock { state in
            state.isClosing = true
            return Array(state.channels.values)
        }
    }
}

/// Why a connection is turned away that cannot be answered.
struct TooManyConnections: Error {}

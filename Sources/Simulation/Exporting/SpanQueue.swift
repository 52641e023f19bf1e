import Synchronization

/// The finished spans of one service on their way to the collector: bounded, because a collector may be away for long.
final class SpanQueue: Sendable {
    private struct State {
        var spans: [FinishedSpan] = []
        var made = 0
        var dropped = 0
    }

    /// Spans kept at most; further ones are dropped and counted, as a `BatchSpanProcessor` does.
    static let capacity = 8_192
    /// A batch is sent as soon as it has so many spans.
    static let batch = 512

    private let state = Mutex(State())
    private let gate = Gate()

    func put(_ span: FinishedSpan) {
        let isBatch = state.withLock { state in
            state.made += 1
            guard state.spans.count < Self.capacity else {
                state.dropped += 1
                return false
            }
            state.spans.append(span)
            return state.spans.count == Self.batch
        }
        if isBatch { gate.open() }
    }

    /// The oldest spans, a batch of them at most.
    func take() -> [FinishedSpan] {
        state.withLock { state in
            let batch = Array(state.spans.prefix(Self.batch))
            state.spans.removeFirst(batch.count)
            return batch
        }
    }

    /// Empties the queue.
    /// - Returns: How many spans were in it.
    func takeAll() -> Int {
        state.withLock { state in
            defer { state.spans = [] }
            return state.spans.count
        }
    }

    /// Returns when there is a whole batch, or after `limit`.
    func waitForBatch(upTo limit: Duration) async {
        guard state.withLock({ $0.spans.count < Self.batch }) else { return }
        await gate.wait(upTo: limit)
    }

    var isEmpty: Bool { state.withLock { $0.spans.isEmpty } }
    /// Spans ever put in.
    var made: Int { state.withLock { $0.made } }
    /// Spans that found no room.
    var dropped: Int { state.withLock { $0.dropped } }
}

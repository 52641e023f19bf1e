import Synchronization

/// Lets one task wait until another has something for it, or until time is up.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        /// Tells one `wait` from the next, for timers that fire late.
        var turn = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Lets the waiting task go on, or the next one that comes.
    func open() {
        state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.isOpen = state.waiter == nil
            return state.waiter.take()
        }?.resume()
    }

    /// Returns when the gate was opened since the last `wait`, when time is up, or when the task is cancelled.
    func wait(upTo limit: Duration) async {
        let turn = state.withLock { state in
            state.turn += 1
            return state.turn
        }
        var timer: Task<Void, Never>?
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !state.isOpen, !Task.isCancelled else {
                        state.isOpen = false
                        return false
                    }
                    state.waiter = continuation
                    return true
                }
                guard mustWait else { return continuation.resume() }
                timer = Task {
                    guard (try? await Task.sleep(for: limit)) != nil else { return }
                    self.give(up: turn)
                }
            }
        } onCancel: {
            give(up: turn)
        }
        timer?.cancel()
    }

    private func give(up turn: Int) {
        state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.turn == turn ? state.waiter.take() : nil
        }?.resume()
    }
}

import Synchronization

/// A bounded first-in-first-out buffer between tasks: what every broker of the fleet is made of.
///
/// Takers wait for elements; each element goes to one taker.
final class Mailbox<Element: Sendable>: Sendable {
    private struct Taker {
        let turn: Int
        let limit: Int
        let continuation: CheckedContinuation<[Element], Never>
    }

    private struct State {
        var elements: [Element] = []
        /// Elements of the array's front that were taken.
        var taken = 0
        var takers: [Taker] = []
        var turn = 0

        var count: Int { elements.count - taken }

        mutating func take(_ limit: Int) -> [Element] {
            let batch = Array(elements[taken..<min(elements.count, taken + limit)])
            taken += batch.count
            if taken > 64, taken * 2 > elements.count {
                elements.removeFirst(taken)
                taken = 0
            }
            return batch
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 20_000) { self.capacity = capacity }

    /// Adds an element at the end.
    /// - Returns: False when there was no room.
    @discardableResult func put(_ element: Element) -> Bool {
        typealias Handover = (taker: Taker, batch: [Element])
        let (isKept, handover) = state.withLock { state -> (Bool, Handover?) in
            guard state.count < capacity else { return (false, nil) }
            state.elements.append(element)
            guard !state.takers.isEmpty else { return (true, nil) }
            let taker = state.takers.removeFirst()
            return (true, (taker, state.take(taker.limit)))
        }
        if let handover { handover.taker.continuation.resume(returning: handover.batch) }
        return isKept
    }

    /// Takes up to `limit` elements as soon as there are any; none when `time` is up or the task is cancelled.
    func take(_ limit: Int, within time: Duration) async -> [Element] {
        let (ready, turn) = state.withLock { state -> ([Element], Int) in
            state.turn += 1
            return (state.take(limit), state.turn)
        }
        guard ready.isEmpty else { return ready }
        var timer: Task<Void, Never>?
        defer { timer?.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let batch = state.withLock { state -> [Element]? in
                    if Task.isCancelled || state.count > 0 { return state.take(limit) }
                    state.takers.append(Taker(turn: turn, limit: limit, continuation: continuation))
                    return nil
                }
                if let batch { return continuation.resume(returning: batch) }
                timer = Task {
                    guard (try? await Task.sleep(for: time)) != nil else { return }
                    self.give(up: turn)
                }
            }
        } onCancel: {
            give(up: turn)
        }
    }

    private func give(up turn: Int) {
        state.withLock { state -> CheckedContinuation<[Element], Never>? in
            guard let index = state.takers.firstIndex(where: { $0.turn == turn }) else { return nil }
            return state.takers.remove(at: index).continuation
        }?.resume(returning: [])
    }
}

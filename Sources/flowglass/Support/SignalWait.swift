import Dispatch
import Foundation
import Synchronization

/// Waits for one of some signals instead of being ended by it.
final class SignalWait: Sendable {
    private struct State {
        var received: [Int32] = []
        var ending: (@Sendable (Int32) -> Void)?
    }

    /// Only kept, and never looked at again.
    private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []
    private let semaphore = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    init(_ signals: [Int32]) {
        let queue = DispatchQueue(label: "flowglass.signals")
        for number in signals {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // The default action would end the process before the source is told.
            signal(number, SIG_IGN)
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.resume()
            sources.append(source)
        }
    }

    private func receive(_ number: Int32) {
        let ending = state.withLock { state in
            if state.ending == nil { state.received.append(number) }
            return state.ending
        }
        if let ending { ending(number) } else { semaphore.signal() }
    }

    /// The next signal, in the order in which they came.
    func wait() -> Int32 {
        semaphore.wait()
        return state.withLock { $0.received.removeFirst() }
    }

    /// From now on signals are not waited for: each is given to `body`, on a thread of its own.
    func handle(_ body: @escaping @Sendable (Int32) -> Void) { state.withLock { $0.ending = body } }
}

/// Runs asynchronous work from a thread that may wait, and waits for it.
func waitFor<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let semaphore = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Value, any Error>?
    Task.detached {
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        semaphore.signal()
    }
    semaphore.wait()
    return try result!.get()
}

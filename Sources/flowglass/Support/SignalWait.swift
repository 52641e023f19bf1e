import Dispatch
import Foundation

/// Waits for one of some signals instead of being ended by it.
final class SignalWait {
    private let sources: [any DispatchSourceSignal]
    private let semaphore = DispatchSemaphore(value: 0)
    private nonisolated(unsafe) var received: Int32 = 0

    init(_ signals: [Int32]) {
        let queue = DispatchQueue(label: "flowglass.signals")
        sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
        for (number, source) in zip(signals, sources) {
            // The default action would end the process before the source is told.
            signal(number, SIG_IGN)
            source.setEventHandler { [unowned self] in
                received = number
                semaphore.signal()
            }
            source.resume()
        }
    }

    /// The signal that came first.
    func wait() -> Int32 {
        semaphore.wait()
        return received
    }
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

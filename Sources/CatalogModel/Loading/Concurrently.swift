import Dispatch
import Synchronization

/// What `body` makes of the parts of `0..<count`, worked out on all cores; the result is in order.
func concurrently<Element: Sendable>(
    _ count: Int, part: Int, _ body: @Sendable (Range<Int>) -> [Element]
) -> [Element] {
    let parts = (count + part - 1) / part
    guard parts > 1 else { return body(0..<count) }
    let done = Mutex<[(index: Int, elements: [Element])]>([])
    DispatchQueue.concurrentPerform(iterations: parts) { index in
        let elements = body((index * part)..<min((index + 1) * part, count))
        done.withLock { $0.append((index, elements)) }
    }
    return done.withLock { $0.sorted { $0.index < $1.index }.flatMap(\.elements) }
}

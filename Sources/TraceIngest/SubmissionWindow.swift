import OTLPCoding
import Synchronization
import TraceModel

/// Submits requests to a sink and lets only so many wait for it at once. A sink that is full is asked again after the
/// time that it names.
final class SubmissionWindow: Sendable {
    private struct State {
        var waiting = 0
        var spans = 0
        var failure: SinkFailure?
        /// Whoever waits for the number of waiting requests to fall to this.
        var threshold = 0
        var continuation: CheckedContinuation<Void, Never>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// Spans that the sink keeps.
    var spans: Int { state.withLock { $0.spans } }
    /// Why the sink could not keep a request.
    var failure: SinkFailure? { state.withLock { $0.failure } }

    /// Returns as soon as another request may be submitted.
    func submit(_ request: ReceivedRequest, to sink: any SpanSink) async {
        state.withLock { $0.waiting += 1 }
        send(request, to: sink)
        await wait(below: limit)
    }

    /// Returns when the sink has answered all requests.
    func drain() async { await wait(below: 1) }

    private func send(_ request: ReceivedRequest, to sink: any SpanSink) {
        let spans = request.batch.spans.count
        sink.submit(request) { [self] result in
            switch result {
            case .failure(.overloaded(let seconds)):
                Task {
                    try? await Task.sleep(for: .seconds(max(1, seconds)))
                    send(request, to: sink)
                }
            case .failure(let failure): finish(spans: 0, failure)
            case .success: finish(spans: spans, nil)
            }
        }
    }

    private func finish(spans: Int, _ failure: SinkFailure?) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.waiting -= 1
            state.spans += spans
            if state.failure == nil { state.failure = failure }
            guard state.waiting < state.threshold else { return nil }
            defer { state.continuation = nil }
            return state.continuation
        }
        waiter?.resume()
    }

    private func wait(below threshold: Int) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                guard state.waiting >= threshold else { return true }
                state.threshold = threshold
                state.continuation = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }
}

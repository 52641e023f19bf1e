import OTLPCoding
import Synchronization
import TraceModel

/// A sink for tests: keeps what it gets, and answers as told.
final class RecordingSink: SpanSink {
    enum Behaviour: Sendable {
        case store
        case fail(SinkFailure)
        /// Answers only when `release` is called.
        case hold
    }

    private struct State {
        var behaviour: Behaviour
        var requests: [ReceivedRequest] = []
        var waiting: [@Sendable (Result<Void, SinkFailure>) -> Void] = []
    }

    private let state: Mutex<State>

    init(_ behaviour: Behaviour = .store) { state = Mutex(State(behaviour: behaviour)) }

    var requests: [ReceivedRequest] { state.withLock { $0.requests } }
    var spans: Int { requests.reduce(0) { $0 + $1.batch.spans.count } }
    var waiting: Int { state.withLock { $0.waiting.count } }

    func behave(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

    func submit(_ request: ReceivedRequest, done: @escaping @Sendable (Result<Void, SinkFailure>) -> Void) {
        let behaviour = state.withLock { state in
            if case .hold = state.behaviour { state.waiting.append(done) }
            if case .fail = state.behaviour {} else { state.requests.append(request) }
            return state.behaviour
        }
        switch behaviour {
        case .store: done(.success(()))
        case .fail(let failure): done(.failure(failure))
        case .hold: break
        }
    }

    func release(_ result: Result<Void, SinkFailure> = .success(())) {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for done in waiting { done(result) }
    }
}

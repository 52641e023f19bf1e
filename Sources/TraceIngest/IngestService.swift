import NIOCore
import OTLPCoding
import Synchronization
import TraceModel

/// What all connections of a server share: the way from a body to the sink.
final class IngestService: Sendable {
    let sink: any SpanSink
    let reader: RequestReader
    let budget: ByteBudget
    let tally = IngestTally()
    /// False once the event loops are gone, so that a late sink wakes none.
    private let isRunning = Mutex(true)

    init(sink: any SpanSink, settings: ServerSettings) {
        self.sink = sink
        self.reader = RequestReader(bodyLimit: settings.bodyLimit, depthLimit: settings.depthLimit)
        self.budget = ByteBudget(limit: settings.budget)
    }

    /// What became of a body.
    enum Outcome: Sendable {
        /// The sink has answered.
        case stored(Result<Void, SinkFailure>, rejected: OTLPBatch.Rejections)
        /// It was not worth storing.
        case failed(RequestFailure)
    }

    /// Reads a body and gives it to the sink.
    /// - Parameter done: Called once on `loop`, at once where nothing has to be stored.
    func ingest(
        _ body: [UInt8], as intake: HTTPIntake = .otlp, _ encoding: OTLPEncoding, _ coding: ContentCoding,
        _ account: ByteAccount,
        on loop: any EventLoop, done: @escaping @Sendable (Outcome) -> Void
    ) {
        let request: ReceivedRequest
        do throws(RequestFailure) {
            request = try reader.read(body, intake, encoding, coding, account: account)
        } catch {
            account.close()
            tally.change {
                $0.requests += 1
                $0.bytes += body.count
            }
            done(.failed(error))
            return
        }
        let rejected = request.batch.rejected
        let spans = request.batch.spans.count
        let bytes = body.count
        // What is rejected is counted in the store too, where every dashboard sees it.
        guard spans > 0 || rejected.count > 0 else {
            account.close()
            count(bytes: bytes, spans: 0, rejected)
            done(.stored(.success(()), rejected: rejected))
            return
        }
        sink.submit(request) { [self] result in
            account.close()
            let isStored = if case .success = result { true } else { false }
            count(bytes: bytes, spans: isStored ? spans : 0, rejected)
            let outcome = Outcome.stored(result, rejected: rejected)
            if loop.inEventLoop {
                done(outcome)
            } else {
                isRunning.withLock { if $0 { loop.execute { done(outcome) } } }
            }
        }
    }

    /// The event loops are about to end.
    func stop() { isRunning.withLock { $0 = false } }

    var counters: IngestCounters {
        var counters = tally.snapshot
        counters.bytesInFlight = budget.held
        return counters
    }

    private func count(bytes: Int, spans: Int, _ rejected: OTLPBatch.Rejections) {
        tally.change {
            $0.requests += 1
            $0.bytes += bytes
            $0.spans += spans
            $0.rejectedSpans += rejected.count
            if let reason = rejected.reason {
                $0.lastRejection = reason
                $0.rejectedByReason[reason, default: 0] += rejected.count
            }
        }
    }
}

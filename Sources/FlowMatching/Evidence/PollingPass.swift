import OTLPCoding
import TraceModel

/// The same call again and again within one request, with pauses, until a consumer is done.
///
/// Calls of one operation, one after the other: two may be chance, and count where a request of the same kind made three
/// (`WaitProfile.mostCalls`). What tells polling from a loop over many things is that
/// each call goes to the same address, or, where the spans show none, that a consumer of the same conversation finished
/// before the last call did. Retries of a failing call are something else.
struct PollingPass: EvidencePass {
    static let leastCalls = 2
    /// Calls that follow each other faster are a loop that waits for nobody: nanoseconds, the median between them.
    static let leastPause: UInt64 = 5_000_000

    fileprivate struct Question: Hashable {
        var callee: String
        var operation: String
        var target: UInt64
    }

    private struct Call {
        var index: Int
        var start: UInt64
        var end: UInt64
        var isError: Bool
    }

    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence) {
        for index in window.judgedIndices {
            guard let work = LocalWork(at: index, in: window), work.spans.count > Self.leastCalls else { continue }
            for (question, calls) in questions(of: work, in: window) {
                note(question, calls, of: work, in: window, &evidence)
            }
        }
    }

    /// The calls of a request by what they ask, for what is asked often enough.
    private func questions(of work: LocalWork, in window: SightingWindow) -> [(Question, [Call])] {
        var calls: [Question: [Call]] = [:]
        for index in work.spans {
            let sighting = window.sightings[index]
            guard let fact = sighting.fact, fact.reading.role == .client else { continue }
            let server = window.children(of: index).lazy.map(Int.init).first { window.sightings[$0].role == .server }
            let callee = server.map { window.service(of: $0) } ?? fact.reading.peer
            let served = server.flatMap { window.sightings[$0].fact?.reading.operation } ?? ""
            guard !callee.isEmpty, callee != window.service(of: work.root) else { continue }
            let question = Question(
                callee: callee, operation: served.isEmpty ? fact.reading.operation : served, target: sighting.target)
            calls[question, default: []].append(
                Call(index: index, start: sighting.start, end: sighting.end, isError: sighting.isError))
        }
        return calls.filter { $0.value.count >= Self.leastCalls }.sorted { $0.key.sortKey < $1.key.sortKey }
            .map { ($0.key, $0.value.sorted { ($0.start, $0.index) < ($1.start, $1.index) }) }
    }

    private func note(
        _ question: Question, _ calls: [Call], of work: LocalWork, in window: SightingWindow, _ evidence: inout Evidence
    ) {
        var pauses: [UInt64] = []
        for (earlier, later) in zip(calls, calls.dropFirst()) {
            guard later.start >= earlier.end else { return }
            pauses.append(later.start - earlier.end)
        }
        pauses.sort()
        guard pauses[pauses.count / 2] >= Self.leastPause, !calls.dropLast().allSatisfy(\.isError) else { return }
        let first = calls[0]
        let last = calls[calls.count - 1]
        // The last call but one did not find what was waited for; the last one did, or gave up.
        let awaited = Set(
            LocalWork.consequences(of: [work.root], in: window).filter { index in
                let sighting = window.sightings[index]
                return sighting.role.consumes && sighting.end > calls[calls.count - 2].start
                    && sighting.end <= last.end
            }.map { window.service(of: $0) })
        guard question.target != 0 || !awaited.isEmpty else { return }
        let wait = SynchronousWait(
            kind: .polling, waiter: window.service(of: work.root), through: question.callee,
            operation: question.operation)
        let root = window.sightings[work.root]
        evidence.waits.update(wait, WaitProfile()) { profile in
            profile.requests.note(root.key.trace, at: first.start)
            profile.calls += calls.count
            profile.mostCalls = max(profile.mostCalls, calls.count)
            if !awaited.isEmpty { profile.answered += 1 }
            profile.waited.record(max(last.end, first.start) - first.start)
            for service in awaited { profile.awaited.update(service, 0) { $0 += 1 } }
        }
    }
}

extension PollingPass.Question {
    fileprivate var sortKey: (String, String, UInt64) { (callee, operation, target) }
}

import FlowMatching
import TraceModel

/// New data of a large system on the way into the facts: the work is done beside the thread that answers keys.
public struct LearningJob: Sendable, Equatable {
    fileprivate var facts: SystemFacts
    fileprivate let data: DashboardModel.WaitingData

    /// Works the data in; the answer to `Effect.learn`.
    /// - Complexity: O(graph + conversations).
    public func run() -> DashboardMessage {
        var learned = facts
        learned.learn(data.graph, data.snapshot)
        return .learned(LearnedFacts(facts: learned, basis: facts.revision, data: data))
    }
}

/// Facts with new data worked in.
public struct LearnedFacts: Sendable, Equatable {
    fileprivate let facts: SystemFacts
    /// The revision of the facts that they were made of.
    fileprivate let basis: Int
    fileprivate let data: DashboardModel.WaitingData
}

extension DashboardModel {
    /// Up to so many places and edges, new data are taken in at once, in a few milliseconds.
    private static let smallSystem = 5_000

    /// Takes in new data: at once, or, where they are many, by an effect; one at a time, and of those that wait the
    /// newest.
    mutating func take(_ data: WaitingData) -> [Effect] {
        waiting = nil
        guard data.graph.channels.count + data.graph.edges.count > Self.smallSystem else {
            return show { $0.learn(data.graph, data.snapshot) }
        }
        guard !isLearning else {
            next = data
            return []
        }
        isLearning = true
        return [.learn(LearningJob(facts: facts, data: data))]
    }

    /// Shows what was learned, unless the world moved on meanwhile: then the newest data are worked in once more.
    mutating func take(_ learned: LearnedFacts) -> [Effect] {
        isLearning = false
        let newest = next
        next = nil
        guard learned.data.snapshot.until == until else { return newest.map { take($0) } ?? [] }
        guard learned.basis == facts.revision else { return take(newest ?? learned.data) }
        let snapshot = learned.data.snapshot
        if isPaused, hasData, snapshot.until == facts.snapshot.until, snapshot.window == facts.snapshot.window {
            waiting = newest ?? learned.data
            return []
        }
        return show { $0 = learned.facts } + (newest.map { take($0) } ?? [])
    }

    private mutating func show(_ change: (inout SystemFacts) -> Void) -> [Effect] {
        hasData = true
        change(&facts)
        refresh()
        return followWaterfall()
    }

    /// Takes in what happened with all the work that it makes, for who has no keys to answer meanwhile.
    public mutating func updateAtOnce(_ message: DashboardMessage) -> [Effect] {
        update(message).flatMap { effect -> [Effect] in
            if case .learn(let job) = effect { updateAtOnce(job.run()) } else { [effect] }
        }
    }
}

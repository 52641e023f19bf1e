import CatalogModel
import FlowMatching
import TraceModel

/// How far the conversations of a business flow get, step by step.
struct FlowProgress: Sendable, Equatable {
    /// The conversations that fit this flow better than any other.
    var conversations = 0
    /// For each step, how many of them it happened in.
    var reached: [Int]
    /// For each step, how many of them stopped there: it happened, and no later one did.
    var stopped: [Int]
    // Each conversation counts in one of the next four.
    var failed = 0
    /// Those that still wait for a message to be handled, or for a span.
    var underWay = 0
    /// Those in which every step happened that is not optional, and nothing failed.
    var complete = 0
    /// Those that came to rest before the last step.
    var unfinished: Int { conversations - failed - underWay - complete }

    /// One for each flow of the catalog, in its order, of the conversations of a snapshot that reach into its window.
    /// - Parameter conversations: What is known of those of the snapshot, in its order.
    /// - Complexity: O(conversations × steps of their flow).
    static func all(of catalog: Catalog, _ snapshot: LiveSnapshot, conversations: [ConversationFacts]) -> [FlowProgress]
    {
        var progress = catalog.flows.map { flow in
            let zeros = Array(repeating: 0, count: flow.steps.count)
            return FlowProgress(reached: zeros, stopped: zeros)
        }
        let numbers = Dictionary(
            catalog.flows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (observed, conversation) in zip(snapshot.conversations, conversations)
        where observed.end >= snapshot.windowStart {
            guard let match = conversation.match, let number = numbers[match.flow] else { continue }
            let steps = catalog.flows[number].steps
            // A match that was made with another catalog says nothing about this one.
            guard match.isSeen.count == steps.count else { continue }
            progress[number].add(match, steps: steps, state: conversation.state)
        }
        return progress
    }

    private mutating func add(_ match: FlowMatch, steps: [Flow.Step], state: ConversationState) {
        conversations += 1
        for (index, isSeen) in match.isSeen.enumerated() where isSeen { reached[index] += 1 }
        let isComplete = match.isComplete(in: steps)
        switch state {
        case .failed: failed += 1
        case .inProgress: underWay += 1
        case .complete, .duplicated, .stalled: complete += isComplete ? 1 : 0
        }
        if !isComplete, state != .inProgress, let last = match.isSeen.lastIndex(of: true) { stopped[last] += 1 }
    }
}

extension FlowMatch {
    /// Whether every step was seen that is not optional.
    func isComplete(in steps: [Flow.Step]) -> Bool { zip(steps, isSeen).allSatisfy { $0.isOptional || $1 } }
}

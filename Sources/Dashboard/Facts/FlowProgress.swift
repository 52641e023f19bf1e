import CatalogModel
import TraceModel

/// How far the conversations of a business flow get, step by step.
struct FlowProgress: Sendable, Equatable {
    /// The number of the flow in the catalog.
    var flow: Int
    /// The conversations that fit this flow better than any other.
    var conversations = 0
    /// For each step, how many of them it happened in.
    var reached: [Int]
    /// For each step, how many of them stopped there: it happened, and no later one did.
    var stopped: [Int]
    var failed = 0
    /// Those in which every step happened that is not optional.
    var complete = 0

    /// One for each flow of the catalog, in its order.
    /// - Complexity: O(conversations × steps of their flow).
    static func all(of catalog: Catalog, conversations: [ConversationFacts]) -> [FlowProgress] {
        var progress = catalog.flows.enumerated().map { index, flow in
            let zeros = Array(repeating: 0, count: flow.steps.count)
            return FlowProgress(flow: index, reached: zeros, stopped: zeros)
        }
        let numbers = Dictionary(
            catalog.flows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for conversation in conversations {
            guard let name = conversation.flow, let number = numbers[name] else { continue }
            progress[number].add(conversation, steps: catalog.flows[number].steps)
        }
        return progress
    }

    private mutating func add(_ conversation: ConversationFacts, steps: [Flow.Step]) {
        conversations += 1
        if conversation.stateText.hasPrefix("failed") { failed += 1 }
        let happened = steps.map { conversation.steps.contains(StepKey($0)) }
        for (index, isThere) in happened.enumerated() where isThere { reached[index] += 1 }
        if zip(steps, happened).allSatisfy({ $0.isOptional || $1 }) {
            complete += 1
        } else if let last = happened.lastIndex(of: true) {
            stopped[last] += 1
        }
    }

    /// The flow of which the largest share of steps happened; with equal shares the longest, then the first by name.
    static func bestFlow(for steps: Set<StepKey>, in catalog: Catalog) -> String? {
        guard !steps.isEmpty else { return nil }
        var best: (name: String, matched: Int, count: Int)?
        for flow in catalog.flows where !flow.steps.isEmpty {
            let matched = flow.steps.count { steps.contains(StepKey($0)) }
            guard matched > 0 else { continue }
            let isBetter =
                best.map {
                    (matched * $0.count, matched) > ($0.matched * flow.steps.count, $0.matched)
                } ?? true
            if isBetter { best = (flow.name, matched, flow.steps.count) }
        }
        return best?.name
    }
}

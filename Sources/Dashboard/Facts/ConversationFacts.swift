import CatalogModel
import OTLPCoding
import TraceModel

/// A conversation in the catalog's names, and what the screens say about it.
struct ConversationFacts: Sendable, Equatable {
    /// Sorted, each once.
    var services: [String]
    /// The channels that its messages crossed, as published and as consumed.
    var channels: Set<String>
    /// The steps of flows that happened in it.
    var steps: Set<StepKey>
    /// The flow that it fits best.
    var flow: String?
    /// Its state, and where: `duplicated at inventory`.
    var stateText: String

    init(_ conversation: Conversation, names: ObservedNames, catalog: Catalog) {
        services = Set(conversation.services.map(names.service)).sorted()
        channels = []
        steps = []
        for hop in conversation.hops {
            let to = hop.kind == .publishes ? names.channel(hop.to) : names.service(hop.to)
            let from = hop.from.map(names.service)
            let channel = hop.channel.map(names.channel)
            let published = hop.publishedTo.map(names.channel) ?? channel
            if let channel { channels.insert(channel) }
            if let published { channels.insert(published) }
            switch hop.kind {
            case .calls:
                if let from { steps.insert(StepKey(service: from, action: .calls, target: to)) }
            case .publishes:
                channels.insert(to)
                if let from { steps.insert(StepKey(service: from, action: .publishes, target: to)) }
            case .consumes:
                // Who publishes is told again by each consumer, as the publisher's own hop is only there without one.
                if let from, let published {
                    steps.insert(StepKey(service: from, action: .publishes, target: published))
                }
                if let channel { steps.insert(StepKey(service: to, action: .handles, target: channel)) }
                if let published { steps.insert(StepKey(service: to, action: .handles, target: published)) }
            case .delivers: break
            }
        }
        for span in conversation.spans where span.reading.role == .publish && !span.reading.channel.isEmpty {
            let channel = names.channel(span.reading.channel)
            channels.insert(channel)
            steps.insert(StepKey(service: names.service(span.service), action: .publishes, target: channel))
        }
        flow = FlowProgress.bestFlow(for: steps, in: catalog)
        stateText = Self.stateText(of: conversation, names: names)
    }

    /// Whether these facts, made of `old`, hold for `new` as well.
    func describes(_ new: Conversation, as old: Conversation) -> Bool {
        old.spans.count == new.spans.count && old.hops.count == new.hops.count && old.state == new.state
            && old.start == new.start && old.end == new.end && old.traces.count == new.traces.count
    }

    private static func stateText(of conversation: Conversation, names: ObservedNames) -> String {
        switch conversation.state {
        case .complete: return "complete"
        case .inProgress: return "in progress"
        case .stalled:
            let waiting = conversation.hops.last { $0.toSpan == nil && $0.kind == .publishes }
            return waiting.map { "stalled at \(names.channel($0.to))" } ?? "stalled"
        case .duplicated:
            let again = conversation.hops.first { $0.kind == .consumes && $0.attempt > 1 }
            return again.map { "duplicated at \(names.service($0.to))" } ?? "duplicated"
        case .failed:
            if let hop = conversation.hops.last(where: \.isError) { return "failed at \(names.service(hop.to))" }
            let span = conversation.spans.last { $0.status == .error }
            return span.map { "failed at \(names.service($0.service))" } ?? "failed"
        }
    }
}

/// What makes two steps of flows the same thing happening.
struct StepKey: Sendable, Hashable {
    var service: String
    var action: Flow.Step.Action
    var target: String

    init(service: String, action: Flow.Step.Action, target: String) {
        self.service = service
        self.action = action
        self.target = target
    }

    init(_ step: Flow.Step) {
        self.init(service: step.service.value, action: step.action, target: step.target.value)
    }
}

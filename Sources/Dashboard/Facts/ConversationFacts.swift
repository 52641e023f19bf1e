import CatalogModel
import FlowMatching
import OTLPCoding
import TraceModel

/// A conversation in the catalog's names, and what the screens say about it.
struct ConversationFacts: Sendable, Equatable {
    /// Sorted, each once.
    var services: [String]
    /// The channels that its messages crossed, as published and as consumed.
    var channels: Set<String>
    /// The flow that it fits best, and which of its steps it shows.
    var match: FlowMatch?
    /// With what the catalog expects of it.
    var state: ConversationState
    /// The state, and where: `duplicated at inventory`.
    var stateText: String

    var flow: String? { match?.flow }

    init(_ conversation: Conversation, names: ObservedNames, judge: FlowJudge, now: UInt64) {
        services = Set(conversation.services.map(names.service)).sorted()
        channels = []
        for hop in conversation.hops {
            if hop.kind == .publishes { channels.insert(names.channel(hop.to)) }
            for channel in [hop.channel, hop.publishedTo].compactMap(\.self) { channels.insert(names.channel(channel)) }
        }
        for span in conversation.spans where span.reading.role == .publish && !span.reading.channel.isEmpty {
            channels.insert(names.channel(span.reading.channel))
        }
        match = judge.match(conversation)
        state = judge.state(of: conversation, now: now)
        stateText = Self.text(of: state, conversation, names)
    }

    /// Whether it did not reach the end of its flow, and is not under way either.
    func isStopped(in catalog: Catalog) -> Bool {
        guard state != .inProgress, let match, let flow = catalog.flow(named: match.flow) else { return false }
        return !match.isComplete(in: flow.steps)
    }

    /// Whether these facts, made of `old`, hold for `new` as well. What is not settled is looked at again each time.
    func describe(_ new: Conversation, as old: Conversation) -> Bool {
        state != .inProgress && old.spans.count == new.spans.count && old.hops.count == new.hops.count
            && old.state == new.state && old.start == new.start && old.end == new.end
            && old.traces.count == new.traces.count
    }

    private static func text(
        of state: ConversationState, _ conversation: Conversation, _ names: ObservedNames
    ) -> String {
        switch state {
        case .complete: return "complete"
        case .inProgress: return "in progress"
        case .stalled: return "stalled: unhandled"
        case .duplicated:
            let again = conversation.hops.first { $0.kind == .consumes && $0.attempt > 1 }
            return again.map { "duplicated at \(names.service($0.to))" } ?? "duplicated"
        case .failed:
            if let hop = conversation.hops.last(where: \.isError) {
                return "failed at \(hop.kind == .publishes ? names.channel(hop.to) : names.service(hop.to))"
            }
            let span = conversation.spans.last { $0.status == .error }
            return span.map { "failed at \(names.service($0.service))" } ?? "failed"
        }
    }
}

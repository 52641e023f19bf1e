import CatalogModel
import SourceDiagnostics
import TraceModel

/// A consumer that loses the producer's context, with the likely cause.
struct BrokenPropagation: DriftCheck {
    let name = "broken-propagation"
    let severity = Severity.warning

    /// Fewer deliveries may be chance.
    private static let leastDeliveries = 3

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.edges.filter { $0.ends.kind == .consumes && $0.isObserved && !$0.isTemporary }.compactMap { edge in
            let joined = edge.figures.joinedBy.values.reduce(0, +)
            let deliveries = edge.figures.deliveries
            guard deliveries >= Self.leastDeliveries, joined * 2 < deliveries else { return nil }
            let (channel, service) = (edge.ends.from, edge.ends.to)
            let profile = drift.evidence.deliveries[edge.ends] ?? DeliveryProfile()
            guard let cause = cause(channel, service, profile, drift) else { return nil }
            var evidence = [
                "\(joined) of \(deliveries) deliveries lead to their publisher, "
                    + seenText(edge.figures.firstSeen, edge.figures.lastSeen),
                "likely cause: \(cause.words)",
            ]
            let scopes = profile.scopes.filter { !$0.isEmpty }.sorted()
            if !scopes.isEmpty { evidence.append("its spans come from \(scopes.joined(separator: ", "))") }
            evidence += exampleText(profile.unjoined)
            let definition = drift.catalog.service(named: service)
            return finding(
                joined == 0
                    ? "'\(service)' never carries on the context of '\(channel)'"
                    : "'\(service)' mostly loses the context of '\(channel)'",
                about: .edge(edge.ends),
                seen: Sightings(
                    count: deliveries - joined, firstSeen: edge.figures.firstSeen, lastSeen: edge.figures.lastSeen,
                    traces: profile.unjoined.traces),
                at: drift.subscription(channel, service)?.channel.span ?? definition?.span,
                label: "conversations end here", related: drift.place(ofChannel: channel), help: cause.help,
                evidence: evidence)
        }
    }

    private struct Cause {
        var words: String
        var help: String
    }

    /// The cause that fits what the spans show best; nil where the publisher, not the consumer, is what is missing.
    private func cause(_ channel: String, _ service: String, _ profile: DeliveryProfile, _ drift: DriftContext)
        -> Cause?
    {
        let publishers = drift.observedPublishers(of: channel)
        let system = drift.edges.first { $0.ends.kind == .consumes && $0.ends.from == channel }?.systems.first ?? ""
        let senders = publishers.map(\.ends.from)
        if profile.dangling > profile.rootless {
            let sampled = senders.contains { drift.evidence.services[$0]?.isSampled ?? false }
            return Cause(
                words: "its spans name a publisher's span that was never received"
                    + (sampled ? ": the publisher samples its spans" : ", sampled out or sent elsewhere"),
                help: "let the publisher send its spans here, and sample by trace rather than by service")
        }
        if profile.clientSpans > 0, profile.clientSpans == profile.count {
            return Cause(
                words: "its messages are fetched by client spans, the wrong kind, which read no context",
                help: "use the instrumentation of the messaging library, not that of its HTTP or AWS client alone")
        }
        let topics = topicsBefore(channel, drift)
        if system == "aws-sqs", !topics.isEmpty || publishers.isEmpty {
            return Cause(
                words: topics.isEmpty
                    ? "no publisher is joined to the queue; behind an SNS topic without raw message delivery the context "
                        + "stays in the envelope's body"
                    : "raw message delivery is off between \(namesText(topics)) and the queue: the context stays in the "
                        + "envelope's body",
                help: "set RawMessageDelivery to true on the SNS subscription")
        }
        guard !publishers.isEmpty else { return nil }
        if profile.joined > 0 {
            return Cause(
                words: system == "aws-sqs"
                    ? "only some messages carry the context: SQS takes ten message attributes at the most, and one that "
                        + "has ten of its own has no room for it"
                    : "only some messages carry the context: another publisher or an older version of one sends without it",
                help: "compare a message that is joined with one that is not: flowglass doctor \(senders[0]) \(service)"
            )
        }
        let bare = senders.filter { (drift.evidence.services[$0]?.bare ?? 0) > 0 }
        if !bare.isEmpty {
            return Cause(
                words: "producer spans of \(namesText(bare)) have no messaging attributes",
                help: "use an instrumentation that follows the messaging conventions")
        }
        return Cause(
            words: "the message carries no context, or the consumer's instrumentation is too old to read it",
            help:
                "update the consumer's instrumentation; flowglass doctor \(senders[0]) \(service) says what was checked"
        )
    }

    /// SNS topics that the catalog or spans put before a queue.
    private func topicsBefore(_ channel: String, _ drift: DriftContext) -> [String] {
        drift.sources(of: channel).filter { name in
            drift.graph.channels.first { $0.name == name }?.system == "aws-sns"
        }
    }
}

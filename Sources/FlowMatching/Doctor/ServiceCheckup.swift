import CatalogModel
import OTLPCoding
import TraceModel

/// What one service sends, how well context goes through it, and what is odd about its spans.
public struct ServiceCheckup: Sendable, Equatable {
    public var name: String
    public var isDocumented: Bool
    /// Nil where the service sent nothing.
    public var evidence: ServiceEvidence?
    /// What to mend, as sentences without a full stop; most important first.
    public var advice: [String]

    /// Every service, documented or seen, sorted by name.
    public static func all(in drift: DriftContext) -> [ServiceCheckup] {
        let names = Set(drift.catalog.services.map(\.name)).union(drift.evidence.services.keys)
        return names.sorted().map { name in
            let evidence = drift.evidence.services[name]
            return ServiceCheckup(
                name: name, isDocumented: drift.catalog.service(named: name) != nil, evidence: evidence,
                advice: evidence.map { advice(name, $0) } ?? [])
        }
    }

    /// A share below this is worth a word.
    private static let fairShare = 0.9

    private static func advice(_ name: String, _ seen: ServiceEvidence) -> [String] {
        var advice: [String] = []
        func share(_ part: Int, _ all: Int) -> Double { all == 0 ? 1 : Double(part) / Double(all) }
        if seen.unnamed > 0 {
            advice.append("its resource has no service.name: set OTEL_SERVICE_NAME")
        }
        if seen.bare > 0 {
            advice.append(
                "\(seen.bare) producer or consumer spans have no messaging attributes: no channel can be read from them"
            )
        }
        if seen.databaseMessaging > 0 {
            advice.append(
                "\(seen.databaseMessaging) database spans move messages (Redis commands) and name no channel: instrument "
                    + "the messaging on top of them")
        }
        if seen.clientFetches > 0, seen.roles[.process, default: 0] == 0 {
            advice.append(
                "\(seen.clientFetches) fetches from SQS are plain client spans: the queue's context is not read by them"
            )
        }
        if seen.withoutChannel > seen.bare {
            advice.append("\(seen.withoutChannel) messaging spans name no channel")
        }
        if share(seen.joined, seen.consumed) < fairShare {
            advice.append(
                "\(seen.consumed - seen.joined) of \(seen.consumed) messages that it handled lead to no publisher: "
                    + "see 'flowglass explain broken-propagation'")
        }
        let toBeHandled = seen.publishedToBeHandled
        if share(seen.publishedAndHandled, toBeHandled) < fairShare {
            advice.append(
                "\(toBeHandled - seen.publishedAndHandled) of \(toBeHandled) messages that it published were "
                    + "handled by nobody, as far as spans tell")
        }
        if seen.isSampled { advice.append("it samples its spans: figures are a share, and absence proves nothing") }
        if share(seen.children - seen.orphans, seen.children) < fairShare {
            advice.append(
                "\(seen.orphans) of \(seen.children) parents of its spans never came: its callers sample, crash, or "
                    + "send elsewhere")
        }
        if seen.backwards > 0 { advice.append("\(seen.backwards) spans end before they start") }
        if seen.negativeWaits > 0 {
            advice.append(
                "its clock disagrees with its publishers' by up to \(durationText(seen.largestSkew)): "
                    + "\(seen.negativeWaits) messages were handled before they were published")
        }
        return advice
    }
}

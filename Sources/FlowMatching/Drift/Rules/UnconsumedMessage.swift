import CatalogModel
import SourceDiagnostics
import TraceModel

/// Messages that a documented subscriber did not handle in its time.
struct UnconsumedMessage: DriftCheck {
    let name = "unconsumed-message"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.evidence.fates.filter { $0.value.unhandled.count > 0 }.map { ends, fate in
            let (channel, service) = (ends.from, ends.to)
            let subscription = drift.subscription(channel, service)
            let profile = drift.evidence.services[service]
            var evidence = [
                "\(fate.unhandled.count) of \(counted(fate.judged, "message")) \(fate.unhandled.count == 1 ? "was" : "were")"
                    + " not handled, \(seenText(fate.unhandled.firstSeen, fate.unhandled.lastSeen))"
            ]
            evidence.append(
                "it was given \(durationText(fate.limit)), "
                    + (subscription?.needs.within == nil ? "its usual longest time" : "the within of its subscription"))
            let isSampled = profile?.isSampled ?? false
            if isSampled { evidence.append("it samples its spans: it may have handled them unseen") }
            if profile == nil { evidence.append("it sent no spans in the window") }
            evidence += exampleText(fate.unhandled)
            return finding(
                "'\(service)' did not handle every message of '\(channel)'",
                about: .edge(ends), seen: Sightings(fate.unhandled), at: subscription?.channel.span,
                label: "messages left unhandled", related: drift.place(ofChannel: channel), evidence: evidence,
                severity: isSampled ? .info : nil)
        }
    }
}

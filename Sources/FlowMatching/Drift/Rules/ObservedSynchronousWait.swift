import CatalogModel
import SourceDiagnostics
import TraceModel

/// A service that was seen standing still while another worked: blocking on a reply, polling, calling back.
struct ObservedSynchronousWait: DriftCheck {
    let name = "observed-synchronous-wait"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        let waits = drift.evidence.waits.sorted { $0.key < $1.key }.compactMap { wait, profile in
            switch wait.kind {
            case .reply: reply(wait, profile, drift)
            case .polling: polling(wait, profile, drift)
            }
        }
        return waits + drift.edges.filter { $0.isCallBack && $0.isObserved }.map { callBack($0, drift) }
    }

    // MARK: - A request that stays open

    /// A reply on a channel with a name is a wait only where it comes in time nearly always.
    private static let leastRequests = 3

    private func reply(_ wait: SynchronousWait, _ profile: WaitProfile, _ drift: DriftContext) -> DriftFinding? {
        let isTemporary = profile.replyChannels.values.contains(true)
        let isSteady =
            profile.requests.count >= Self.leastRequests && profile.requests.count * 10 >= profile.published * 9
        guard profile.requests.count > 0, isTemporary || isSteady else { return nil }
        let (waiter, channel) = (wait.waiter, wait.through)
        let publication = drift.publication(waiter, channel)
        let repliers = profile.awaited.keys.sorted()
        let subject = repliers.isEmpty ? "the reply" : namesText(repliers)
        let named = profile.replyChannels.keys.sorted()
        return finding(
            "'\(waiter)' publishes to '\(channel)' and keeps the request open until \(subject) has answered",
            about: .edge(EdgeEnds(.publishes, waiter, channel)), seen: Sightings(profile.requests),
            at: publication?.channel.span ?? drift.catalog.service(named: waiter)?.span,
            label: "waits for the reply", related: repliers.flatMap { drift.place(ofService: $0) },
            help: "make it a call with a timeout, or answer the request before the work is done",
            evidence: [
                "\(profile.requests.count) of \(counted(profile.published, "request")) waited for a reply on "
                    + namesText(named) + ", " + seenText(profile.requests.firstSeen, profile.requests.lastSeen),
                waitedText(profile),
            ] + exampleText(profile.requests), severity: publication?.awaits == nil ? nil : .info)
    }

    // MARK: - Asking until it is done

    /// Two calls of a kind are no loop.
    private static let leastCalls = 3

    private func polling(_ wait: SynchronousWait, _ profile: WaitProfile, _ drift: DriftContext) -> DriftFinding? {
        guard profile.mostCalls >= Self.leastCalls else { return nil }
        let (waiter, callee) = (wait.waiter, wait.through)
        // Whoever finished just before the polling ended, in most requests where anybody did.
        let awaited = profile.awaited.filter { $0.value * 2 > profile.answered }.keys.sorted()
        let call = drift.catalog.service(named: waiter)?.calls.first { $0.service.value == callee }
        let isDocumented =
            drift.catalog.service(named: waiter)?.publishes.contains {
                if case .polls? = $0.awaits { return true }
                return false
            } ?? false
        var evidence = [
            "\(counted(profile.calls, "call")) in \(counted(profile.requests.count, "request")), "
                + seenText(profile.requests.firstSeen, profile.requests.lastSeen),
            waitedText(profile),
        ]
        evidence.append(
            awaited.isEmpty
                ? "what it waits for does not show in spans"
                : "\(namesText(awaited)) finished before the last call did")
        let asked = wait.operation.isEmpty ? "" : " (\(wait.operation))"
        return finding(
            "'\(waiter)' asks '\(callee)'\(asked) again and again within one request, until the work is done",
            about: .edge(EdgeEnds(.calls, waiter, callee)), seen: Sightings(profile.requests),
            at: call?.service.span ?? drift.catalog.service(named: waiter)?.span, label: "polls",
            related: awaited.flatMap { drift.place(ofService: $0) },
            help: "answer the request before the work is done, or let the consumer tell by an event",
            evidence: evidence + exampleText(profile.requests), severity: isDocumented ? .info : nil)
    }

    private func waitedText(_ profile: WaitProfile) -> String {
        let quantiles = [("p50", 0.5), ("p95", 0.95)].compactMap { name, share in
            profile.waited.quantile(share).map { "\(name) \(durationText($0))" }
        }
        return "it waited " + quantiles.joined(separator: ", ")
    }

    // MARK: - Calling the publisher back

    private func callBack(_ edge: MergedEdge, _ drift: DriftContext) -> DriftFinding {
        let (caller, callee) = (edge.ends.from, edge.ends.to)
        let channels = drift.edges.filter { consumed in
            consumed.ends.kind == .consumes && consumed.ends.to == caller
                && ([consumed.ends.from] + drift.sources(of: consumed.ends.from)).contains {
                    drift.edge(.publishes, callee, $0) != nil
                }
        }.map(\.ends.from)
        var evidence = drift.sighted(edge, "call")
        if !edge.details.isEmpty {
            evidence.insert("it calls \(edge.details.prefix(5).joined(separator: ", "))", at: 1)
        }
        let subscription = channels.lazy.compactMap { drift.subscription($0, caller) }.first
        return finding(
            "'\(caller)' handles \(namesText(channels)) of '\(callee)' and calls '\(callee)' back",
            about: .edge(edge.ends), seen: drift.sightings(of: edge),
            at: subscription?.channel.span ?? drift.catalog.service(named: caller)?.span,
            label: "calls its publisher back", related: drift.place(ofService: callee),
            help: "put what it asks for into the message, answer by an event, or write the call down",
            evidence: evidence)
    }
}

import OTLPCoding
import TraceModel

/// A request that stays open until the reply to its own message is back.
///
/// A temporary channel (a reply queue, an inbox) is there for nothing else. A reply on a channel with a name may be a
/// coincidence, so that requests without a reply in time are counted beside.
struct ReplyPass: EvidencePass {
    let resolver: NameResolver

    func run(_ window: SightingWindow, traits: [SpanTraits], into evidence: inout Evidence) {
        for index in window.judgedIndices {
            guard let work = LocalWork(at: index, in: window) else { continue }
            let publishes = work.spans.filter { window.sightings[$0].role == .publish }
            if !publishes.isEmpty { note(work, publishes, in: window, &evidence) }
        }
    }

    private struct Reply {
        var index: Int
        /// Who sent it, where a span tells.
        var replier: String?
    }

    private func note(
        _ work: LocalWork, _ publishes: [Int], in window: SightingWindow, _ evidence: inout Evidence
    ) {
        let root = window.sightings[work.root]
        let waiter = window.service(of: work.root)
        var published: Set<String> = []
        for publish in publishes {
            let channel = resolver.channel(window.sightings[publish].fact?.reading.channel ?? "")
            // Instrumentations nest two or three spans for one publish.
            guard !channel.isEmpty, published.insert(channel).inserted else { continue }
            let wait = SynchronousWait(kind: .reply, waiter: waiter, through: channel)
            let reply = reply(to: publish, of: work, in: window)
            evidence.waits.update(wait, WaitProfile()) { profile in
                profile.published += 1
                guard let reply, let fact = window.sightings[reply.index].fact else { return }
                let arrived = window.sightings[reply.index].start
                profile.requests.note(root.key.trace, at: root.start)
                profile.waited.record(arrived - min(arrived, window.sightings[publish].start))
                if let replier = reply.replier { profile.awaited.update(replier, 0) { $0 += 1 } }
                let name = resolver.channel(fact.reading.channel)
                if profile.replyChannels.count < 20 { profile.replyChannels[name] = fact.reading.isTemporary }
            }
        }
    }

    /// The first message that the waiter took because of a message it published, while the request was open.
    private func reply(to publish: Int, of work: LocalWork, in window: SightingWindow) -> Reply? {
        let root = window.sightings[work.root]
        let followers = LocalWork.consequences(of: [publish], in: window)
        let takers = followers.filter { window.sightings[$0].role.consumes }
        let replies = takers.filter { index in
            let sighting = window.sightings[index]
            return sighting.service == root.service && sighting.start >= root.start && sighting.start < root.end
                && index != work.root
        }
        let others = takers.filter { window.sightings[$0].service != root.service }
        for index in replies.sorted(by: { window.sightings[$0].start < window.sightings[$1].start }) {
            let isTemporary = window.sightings[index].fact?.reading.isTemporary ?? false
            // What the waiter takes before anybody else took anything is its own message, not an answer to it.
            let replier = others.filter { window.sightings[$0].start <= window.sightings[index].start }
                .min { window.sightings[$0].start < window.sightings[$1].start }
            guard isTemporary || replier != nil else { continue }
            return Reply(index: index, replier: replier.map { window.service(of: $0) })
        }
        return nil
    }
}

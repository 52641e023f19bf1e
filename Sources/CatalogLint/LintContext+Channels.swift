import CatalogModel
import SourceDiagnostics

// What several rules ask about channels and services.

extension LintContext {
    /// What the channel's system promises; nil where the system is not known.
    func guarantees(of channel: Channel) -> Guarantees? { channel.system?.guarantees }

    /// The order that the channel keeps: per key on a FIFO channel or a log, total where one partition is all there is.
    func ordering(of channel: Channel) -> Guarantees.Ordering? { channel.givenOrdering }

    /// How often a message arrives: as the channel says, else as its system does when nothing is configured.
    func delivery(of channel: Channel) -> Guarantees.Delivery? { channel.givenDelivery }

    /// The system as an error names it: `Redis Pub/Sub`.
    func systemTitle(of channel: Channel) -> String { channel.system?.title ?? "its broker" }

    /// The entry of `needs` that says one of these words.
    func need(_ words: [String], of channel: Channel) -> Located<String>? {
        channel.needs.first { words.contains($0.value) }
    }

    /// Every subscription that is wanted, with its service and its channel, by service; subscriptions to unknown channels
    /// are left out. Most subscriptions say nothing of what a rule asks about, and for those no channel is looked up.
    func eachSubscription(
        where isWanted: (Subscription) -> Bool, _ body: (Service, Subscription, Channel) -> Void
    ) {
        for service in catalog.services {
            for subscription in service.subscribes where isWanted(subscription) {
                if let channel = graph.channel(subscription.channel.value) { body(service, subscription, channel) }
            }
        }
    }

    /// Every call between two services that both stand inside the system.
    func eachInternalCall(_ body: (_ caller: Service, _ call: Call, _ callee: Service) -> Void) {
        for service in catalog.services where service.kind.isInside {
            for call in service.calls {
                if let callee = graph.service(call.service.value), callee.kind.isInside { body(service, call, callee) }
            }
        }
    }

    /// The services of some uses, each once, in order.
    func services(of uses: [CatalogGraph.Use]) -> [Int] {
        var seen: Set<Int> = []
        return uses.map(\.service).filter { seen.insert($0).inserted }
    }
}

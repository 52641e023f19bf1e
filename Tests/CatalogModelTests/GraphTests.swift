import CatalogModel
import SourceDiagnostics
import Testing

@Suite struct `catalog queries` {
    let catalog = loadCatalog(texts: [
        (
            path: "a.yaml",
            text: """
            services:
              order: { publishes: [order.paid], calls: [member] }
              shop: { publishes: [order.paid] }
              member: {}
              mail: { subscribes: [mail.jobs] }
              audit: { subscribes: [order.paid] }
            topics:
              order.paid: { delivers-to: [mail.jobs, loop] }
              loop: { delivers-to: [order.paid] }
            queues:
              mail.jobs: { dead-letter: mail.dead }
              mail.dead: {}
            """
        )
    ]).catalog

    @Test func `publishers and subscribers, behind routes, too`() {
        #expect(catalog.publishers(of: "order.paid").map(\.service.name) == ["order", "shop"])
        let subscribers = catalog.subscribers(of: "order.paid")
        #expect(subscribers.map(\.service.name) == ["audit", "mail"])
        #expect(subscribers.map(\.through) == [[], ["mail.jobs"]])
        #expect(catalog.routes(from: "order.paid").map(\.channel.value) == ["mail.jobs", "loop"])
        #expect(catalog.routes(into: "mail.jobs").map(\.name) == ["order.paid"])
    }

    @Test func `the graph answers the same`() {
        let graph = CatalogGraph(catalog)
        #expect(graph.handlers(of: "order.paid").map { catalog.services[$0.service].name } == ["audit", "mail"])
        #expect(graph.senders(to: "mail.jobs").map { catalog.services[$0.service].name } == ["order", "shop"])
        #expect(graph.callers(of: "member").map { catalog.services[$0.service].name } == ["order"])
        #expect(graph.reached(from: "loop") == ["loop", "order.paid", "mail.jobs"])
    }

    @Test func `lookup finds every name and no other`() {
        for service in catalog.services { #expect(catalog.service(named: service.name)?.name == service.name) }
        for channel in catalog.channels { #expect(catalog.channel(named: channel.name)?.name == channel.name) }
        #expect(catalog.service(named: "order.paid") == nil)
        #expect(catalog.channel(named: "zzz") == nil)
    }

    @Test func `places are the definition and every use`() {
        let places = catalog.places(named: "mail.jobs")
        #expect(
            places.map { "\($0.phrase) at \($0.span.line)" } == [
                "queue at 11", "'mail' subscribes to it at 5", "'order.paid' delivers to it at 8",
            ])
    }

    @Test func `every system but 'other' has guarantees with sources`() {
        for system in MessagingSystem.allCases where system != .other {
            let guarantees = system.guarantees
            #expect(guarantees != nil, "\(system.rawValue)")
            #expect(guarantees?.delivery.source.isEmpty == false)
        }
        #expect(MessagingSystem.other.guarantees == nil)
        #expect(MessagingSystem.kafka.guarantees?.isLog == true)
        #expect(MessagingSystem.redisPubSub.guarantees?.persistence.value == Guarantees.Persistence.none)
    }
}

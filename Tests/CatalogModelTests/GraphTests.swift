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

    @Test func `names that nothing defines are known by who uses them`() {
        let loaded = loadCatalog(texts: [
            (
                path: "a.yaml",
                text: """
                services:
                  a: { publishes: [주문.없음], calls: [nobody] }
                  b: { subscribes: [q, 사라짐] }
                topics:
                  t: { delivers-to: [주문.없음, q] }
                """
            )
        ])
        let graph = CatalogGraph(loaded.catalog)
        #expect(graph.publishers(of: "주문.없음").count == 1 && graph.senders(to: "주문.없음").count == 1)
        #expect(graph.subscribers(of: "사라짐").count == 1 && graph.handlers(of: "t").count == 1)
        #expect(graph.callers(of: "nobody").count == 1)
        #expect(graph.reached(from: "t") == ["t", "주문.없음", "q"])
        #expect(graph.sources(of: "q") == ["q", "t"])
        #expect(graph.channels(deliveringTo: "q") == [0])
        #expect(graph.channel("q") == nil && graph.index(ofChannel: "사라짐") == nil)
        #expect(graph.reached(from: "never said") == ["never said"] && graph.handlers(of: "never said").isEmpty)
    }

    @Test(arguments: [
        ("주문", "주문", true), ("주문@2", "주문", true), ("주문@2", "주문@2", true), ("주문완료", "주문", false),
        ("a@b@3", "a@b", true), ("a@b", "a", false), ("undefined", "undefined", true),
        ("undefined@2", "undefined", false),
    ])
    func `a reference means a message by its name, with a version or without`(
        reference: String, name: String, means: Bool
    ) {
        let catalog = loadCatalog(texts: [
            (path: "a.yaml", text: "messages: { 주문: { version: 2 }, 주문완료: {}, a: {}, 'a@b': {} }\n")
        ]).catalog
        #expect(catalog.reference(reference, means: name) == means)
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

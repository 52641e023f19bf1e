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

    @Test func `the routes of a name that stands there twice are followed both ways`() {
        let place = SourceSpan(file: "a.yaml", line: 1, column: 1)
        func channel(_ name: String, to targets: String...) -> Channel {
            var channel = Channel(name: name, span: place, kind: .topic)
            channel.deliversTo = targets.map { Channel.Route(channel: Located($0, place)) }
            return channel
        }
        var shop = Service(name: "shop", span: place)
        shop.publishes = [Publication(channel: Located("t", place))]
        var mail = Service(name: "mail", span: place)
        mail.subscribes = [Subscription(channel: Located("우편", place))]
        var catalog = Catalog()
        catalog.services = [shop, mail]
        catalog.channels = [channel("t", to: "q"), channel("t", to: "우편"), channel("q"), channel("우편")]
        catalog.sortByName()
        let graph = CatalogGraph(catalog)
        #expect(graph.reached(from: "t") == ["t", "q", "우편"])
        #expect(graph.sources(of: "우편") == ["우편", "t"])
        #expect(graph.senders(to: "우편").map { catalog.services[$0.service].name } == ["shop"])
        #expect(graph.handlers(of: "t").map { catalog.services[$0.service].name } == ["mail"])
        #expect(graph.channels(deliveringTo: "우편") == [graph.index(ofChannel: "t")])
    }

    @Test func `what refers to something unknown is found in a catalog of thousands, wherever it stands`() {
        let count = 9_000
        var text = "services:\n"
        for index in 0..<count { text += "  s\(index): { publishes: [c\(index)\(index % 3000 == 7 ? "없음" : "")] }\n" }
        text += "topics:\n"
        for index in 0..<count { text += "  c\(index): { messages: [m\(index % 4000 == 11 ? "없음" : "")] }\n" }
        text += "messages: { m: {} }\n"
        let found = loadCatalog(texts: [(path: "a.yaml", text: text)]).diagnostics
        #expect(
            found.map(\.message) == [7, 3007, 6007].map {
                "'s\($0)' publishes to 'c\($0)없음', which is not a topic or a queue"
            }
                + [11, 4011, 8011].map { "'c\($0)' carries the message 'm없음', which 'messages' does not define" })
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

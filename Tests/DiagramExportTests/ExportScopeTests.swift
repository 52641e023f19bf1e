import CatalogModel
import FlowMatching
import Testing
import TraceModel

@testable import DiagramExport

@Suite struct ExportScopeTests {
    private let catalog = loadCatalog(texts: [
        (
            "c.yaml",
            """
            services:
              web: { kind: browser, calls: [order], domain: front }
              order: { domain: order, publishes: [order.completed], repository: "https://example.com/주문" }
              billing: { subscribes: [billing-orders] }
              mail: { subscribes: [order.completed] }
            topics:
              order.completed: { domain: order, delivers-to: [billing-orders], broker: main }
            queues:
              billing-orders: { domain: billing }
            brokers:
              main: { system: aws-sns }
            flows:
              buy: { title: 구매, steps: [web calls order, order publishes order.completed, billing handles order.completed] }
            """
        )
    ]).catalog

    private var graph: FlowGraph { FlowGraph(catalog: catalog, observed: []) }

    private func names(_ scope: ExportScope) throws -> [String] {
        let part = try graph.part(scope, of: catalog)
        return (part.services.map(\.name) + part.channels.map(\.name)).sorted()
    }

    @Test func `a domain is what belongs to it and what it talks with`() throws {
        #expect(try names(.domain("order")) == ["billing-orders", "mail", "order", "order.completed", "web"])
        #expect(throws: DiagramFailure.unknownName(.domain, "ordre", similar: "order")) {
            try names(.domain("ordre"))
        }
    }

    @Test func `a walk goes one way where it is told to`() throws {
        #expect(
            try names(.focus("order", depth: 1, toward: .downstream))
                == ["billing", "billing-orders", "mail", "order", "order.completed"])
        #expect(try names(.focus("order", depth: 1, toward: .upstream)) == ["order", "web"])
        #expect(
            try names(.focus("billing-orders", depth: 2, toward: .upstream))
                == ["billing-orders", "order", "order.completed", "web"])
    }

    @Test func `a flow is its steps' edges, numbered, through the queue that a step leaves out`() throws {
        let chart = MermaidFlowchart(
            graph: graph, catalog: catalog, options: .init(scope: .flow("buy"), hasLegend: false))
        let text = try chart.render()
        #expect(text.contains("title: \"구매\""))
        #expect(text.contains(#"s_web ==>|"1, call"| s_order"#))
        #expect(text.contains(#"s_order -->|"2"| t_order_completed"#))
        #expect(text.contains(#"t_order_completed -->|"3"| q_billing_orders"#))
        #expect(text.contains(#"q_billing_orders -->|"3"| s_billing"#))
        #expect(!text.contains("s_mail"))
    }

    @Test func `the nearest nodes stay where there are too many`() throws {
        var options = MermaidFlowchart.Options(focus: "order.completed", depth: 2)
        options.maximumNodes = 4
        let text = try MermaidFlowchart(graph: graph, catalog: catalog, options: options).render()
        #expect(text.contains("t_order_completed"))
        #expect(text.contains("q_billing_orders"))
        #expect(!text.contains("s_web"))
        #expect(text.contains("not drawn: 2 services further away"))
    }

    @Test func `repositories are links, unless the host cannot follow them`() throws {
        var chart = MermaidFlowchart(graph: graph)
        let link = #"click s_order href "https://example.com/%EC%A3%BC%EB%AC%B8" _blank"#
        #expect(try chart.render().contains(link))
        chart.options.hasLinks = false
        #expect(try !chart.render().contains("click"))
    }

    @Test func `frames are for domains, for brokers, for both or for nobody`() throws {
        func groups(_ frames: DiagramFrames) throws -> [String] {
            var graph = graph
            graph.services.append(ServiceNode(name: "pay", domain: "order", isDocumented: true))
            graph.edges.append(FlowEdge(kind: .calls, from: "order", to: "pay", isDocumented: true))
            return try MermaidFlowchart(graph: graph, options: .init(frames: frames)).render().matches(
                of: #/subgraph \w+\["(.*)"\]/#
            ).map { String($0.1) }
        }
        #expect(try groups(.none) == [])
        #expect(try groups(.brokers) == ["main (aws-sns)"])
        #expect(try groups(.domains) == ["order"])
        #expect(try groups(.both) == ["order", "main (aws-sns)"])
    }

    @Test func `each half can be looked at alone`() throws {
        let observed = [
            ObservedEdge(key: EdgeKey(kind: .publishes, from: "order", to: "order.completed"), figures: EdgeFigures()),
            ObservedEdge(key: EdgeKey(kind: .consumes, from: "order.completed", to: "spy"), figures: EdgeFigures()),
        ]
        let both = FlowGraph(catalog: catalog, observed: observed)
        #expect(both.seen(by: .both) == both)
        #expect(both.seen(by: .catalog).services.map(\.name) == ["billing", "mail", "order", "web"])
        #expect(both.seen(by: .catalog).edges.allSatisfy { $0.isDocumented && !$0.isObserved })
        #expect(both.seen(by: .observed).services.map(\.name) == ["order", "spy"])
        var options = MermaidFlowchart.Options(hasLegend: false)
        options.marksUndocumented = false
        let text = try MermaidFlowchart(graph: both.seen(by: .observed), options: options).render()
        #expect(text.contains("t_order_completed --> s_spy"))
        #expect(!text.contains("undocumented"))
    }

    @Test(arguments: [
        ("order.completed", "order.completed"), ("주문/생성", "주문-생성"), ("../etc/passwd", "etc-passwd"), ("", "unnamed"),
        ("...", "unnamed"), ("CON", "CON-"), ("com1.x", "com1.x-"), ("a  b", "a-b"), ("-x-", "x"),
        (".hidden", "hidden"),
    ])
    func `a file name`(name: String, file: String) {
        #expect(FileNames.slug(of: name) == file)
    }

    @Test func `file names differ, whatever the case`() {
        var files = FileNames(reserved: ["README"])
        #expect(["a b", "A-B", "readme", "a/b"].map { files.name(for: $0) } == ["a-b", "A-B-2", "readme-2", "a-b-3"])
        #expect(files.name(for: String(repeating: "가", count: 300)).utf8.count <= 120)
    }

    @Test(
        arguments: [
            ("https://a.b/c", "https://a.b/c"), ("git@github.com:acme/shop.git", "https://github.com/acme/shop"),
            ("github.com/acme/shop", "https://github.com/acme/shop"), ("ssh://a/b", nil), ("../shop", nil),
            ("shop", nil),
            ("javascript:alert(1)", nil), ("a b.c/d", nil),
        ] as [(String, String?)])
    func `a repository's page`(repository: String, page: String?) {
        #expect(webAddress(ofRepository: repository) == page)
    }
}

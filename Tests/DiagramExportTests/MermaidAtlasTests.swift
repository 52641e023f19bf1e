import CatalogModel
import FlowMatching
import Testing
import TraceModel

@testable import DiagramExport

@Suite struct MermaidAtlasTests {
    /// Services in rings of ten that talk among themselves, each ring with one message to the next.
    private func rings(_ count: Int, domains: Bool = false) -> FlowGraph {
        var graph = FlowGraph()
        func name(_ ring: Int, _ place: Int) -> String { "r\(ring)-s\(place % 10)" }
        for ring in 0..<count {
            for place in 0..<10 {
                graph.services.append(
                    ServiceNode(name: name(ring, place), domain: domains ? "ring \(ring)" : nil, isDocumented: true))
                let channel = "r\(ring).c\(place)"
                graph.channels.append(ChannelNode(name: channel, kind: .topic, isDocumented: true))
                graph.edges += [
                    FlowEdge(kind: .publishes, from: name(ring, place), to: channel, isDocumented: true),
                    FlowEdge(kind: .consumes, from: channel, to: name(ring, place + 1), isDocumented: true),
                ]
            }
            graph.edges.append(
                FlowEdge(
                    kind: .consumes, from: "r\(ring).c0", to: name((ring + 1) % count, 0), isDocumented: true))
        }
        graph.services.sort { $0.name < $1.name }
        graph.channels.sort { $0.name < $1.name }
        graph.edges.sort(by: { ($0.kind.rawValue, $0.from, $0.to) < ($1.kind.rawValue, $1.from, $1.to) })
        return graph
    }

    private func pages(_ graph: FlowGraph, limit: Int = 40) throws -> [MermaidAtlas.Page] {
        var options = MermaidFlowchart.Options(title: "시스템")
        options.maximumNodes = limit
        return try MermaidAtlas(graph: graph, options: options).pages()
    }

    private func nodeCount(_ page: MermaidAtlas.Page) -> Int {
        page.text.split(separator: "\n").count { $0.firstMatch(of: #/^ +[stqcp]_\w+[\[({>]/#) != nil }
    }

    @Test func `a small system is one picture`() throws {
        let pages = try pages(rings(1))
        #expect(pages.map(\.name) == ["overview"])
        #expect(pages[0].parts == [])
        #expect(pages[0].text.contains("title: \"시스템\""))
    }

    @Test func `a large system is divided by domain`() throws {
        let pages = try pages(rings(4, domains: true))
        #expect(pages.map(\.name) == ["overview", "ring 0", "ring 1", "ring 2", "ring 3"])
        #expect(pages[0].parts == ["ring 0", "ring 1", "ring 2", "ring 3"])
        #expect(pages[0].text.contains(#"p_ring_0["ring 0<br/>10 services, 10 channels"]"#))
        #expect(pages[0].text.contains(#"p_ring_0 -->|"1 channel"| p_ring_1"#))
        // The way to the next ring says by which channel, and to whom.
        #expect(pages[1].text.contains(#"t_r0_c0 -->|"r1-s0"| p_ring_1"#))
        #expect(pages[2].text.contains(#"p_ring_0 -->|"r0.c0"| s_r1_s0"#))
    }

    @Test func `without domains, parts are who talks with whom`() throws {
        let pages = try pages(rings(6), limit: 30)
        #expect((6...9).contains(pages.count - 1))
        let arrows = pages.dropFirst().flatMap { $0.text.split(separator: "\n").filter { $0.contains("-->") } }
        #expect(arrows.count { $0.contains("p_around") } * 3 < arrows.count)
    }

    @Test func `a domain that is too large has an overview of its own`() throws {
        var graph = rings(6)
        for index in graph.services.indices {
            graph.services[index].domain = graph.services[index].name.hasPrefix("r5") ? "정산" : "주문"
        }
        let pages = try pages(graph, limit: 30)
        #expect(pages[0].parts == ["정산", "주문"].sorted())
        #expect(pages[0].text.contains(#"p_x -->|"1 channel"| p_x_2"#))
        let orders = try #require(pages.first { $0.name == "주문" })
        #expect(orders.depth == 1)
        #expect(orders.services == 50)
        #expect(orders.parts.allSatisfy { $0.hasPrefix("주문, around r") })
        // At home, a part goes without its surname; the neighbour is a flag.
        #expect(orders.text.contains(#"["around r0-s0<br/>"#))
        #expect(orders.text.contains(#">"정산<br/>10 services, 10 channels"]"#))
        #expect(pages.filter { orders.parts.contains($0.name) }.map(\.depth) == orders.parts.map { _ in 2 })
        // From 정산, all of 주문 is one thing, however it is divided.
        let settlement = try #require(pages.first { $0.name == "정산" })
        #expect(settlement.others == ["주문"])
        #expect(settlement.text.contains(#">"주문<br/>50 services, 50 channels"]"#))
    }

    @Test func `in an overview, each part keeps its strongest arrow`() throws {
        var graph = FlowGraph()
        for domain in 0..<12 {
            for place in 0..<4 {
                graph.services.append(
                    ServiceNode(name: "d\(domain)-s\(place)", domain: "d\(domain)", isDocumented: true))
            }
        }
        // All call all but the last, more than a picture takes; it is called once.
        for from in 0..<11 {
            for to in 0..<11 where to != from {
                for place in 0..<4 {
                    graph.edges.append(
                        FlowEdge(kind: .calls, from: "d\(from)-s\(place)", to: "d\(to)-s0", isDocumented: true))
                }
            }
        }
        graph.edges.append(FlowEdge(kind: .calls, from: "d4-s0", to: "d11-s3", isDocumented: true))
        let overview = try pages(graph)[0]
        #expect(overview.text.split(separator: "\n").count { $0.contains("-->") } == 24)
        #expect(overview.text.contains(#"p_d4 -->|"1 call"| p_d11"#))
        #expect(overview.text.contains("not drawn: 87 weaker arrows"))
    }

    @Test func `what talks too much for Mermaid is divided further`() throws {
        var graph = FlowGraph()
        for place in 0..<30 {
            graph.services.append(ServiceNode(name: "s\(place)", domain: "모두", isDocumented: true))
            for other in 0..<30 where other != place {
                graph.edges.append(FlowEdge(kind: .calls, from: "s\(place)", to: "s\(other)", isDocumented: true))
            }
        }
        let pages = try pages(graph)
        #expect(pages[0].parts == ["모두"])
        #expect(pages.count > 3)
    }

    @Test(arguments: [8, 20, 40]) func `no picture has more nodes than asked for, and every edge is in one`(
        limit: Int
    ) throws {
        let graph = rings(60)
        let pages = try pages(graph, limit: limit)
        #expect(Set(pages.map(\.name)).count == pages.count)
        for page in pages { #expect(nodeCount(page) <= limit, "\(page.name)") }
        let parts = Set(pages.flatMap(\.parts))
        #expect(parts == Set(pages.dropFirst().map(\.name)))
        // A service stands in exactly one picture, with all its arrows.
        let declared = pages.flatMap { page in
            page.text.split(separator: "\n").compactMap { $0.firstMatch(of: #/^ +(s_\w+)\[/#).map { String($0.1) } }
        }
        #expect(declared.count == 600)
        #expect(Set(declared).count == 600)
    }

    @Test func `equal systems give equal bytes`() throws {
        #expect(try pages(rings(30)) == pages(rings(30)))
    }

    @Test func `a new subscriber changes few lines`() throws {
        let before = rings(30, domains: true)
        var after = before
        after.edges.append(FlowEdge(kind: .consumes, from: "r3.c4", to: "r3-s9", isDocumented: true))
        after.edges.sort(by: { ($0.kind.rawValue, $0.from, $0.to) < ($1.kind.rawValue, $1.from, $1.to) })
        let old = try pages(before).flatMap { $0.text.split(separator: "\n") }
        let new = try pages(after).flatMap { $0.text.split(separator: "\n") }
        #expect((1...8).contains(new.difference(from: old).count))
    }

    @Test func `parts become files that are linked from a list`() throws {
        let pages = try pages(rings(4, domains: true))
        let files = AtlasFiles(pages: pages, title: "a|b").files
        #expect(files.map(\.path) == ["README.md", "overview.mmd"] + (0..<4).map { "ring-\($0).mmd" })
        #expect(files[0].text.hasPrefix("# a\\|b\n\n```mermaid\n---\n"))
        #expect(files[0].text.hasSuffix("- [ring 3](ring-3.mmd): 10 services, 10 channels\n"))
    }

    @Test func `a group joins where most of its edges lead`() {
        // Two triangles with one edge between them.
        let edges = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)]
        #expect(Communities.groups(of: 6, edges: edges, limit: 3) == [0, 0, 0, 1, 1, 1])
        #expect(Communities.groups(of: 6, edges: [], limit: 4) == [0, 0, 0, 0, 1, 1])
        #expect(Communities.groups(of: 0, edges: [], limit: 4) == [])
    }
}

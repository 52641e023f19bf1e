import CatalogModel
import FlowMatching
import Testing
import TraceModel

@testable import DiagramExport

@Suite struct MarkdownSiteTests {
    private static let hostile = [
        "주문 서비스", "결제(승인)", "a/b", "a b", "A B", "../x", "CON", "a|b", "a]b", "a%20b", "#1", "x?y", "`", "<b>",
        "README", "…", "orders.*", "e\u{301}",
    ]

    private func system() -> ExportedSystem {
        var graph = FlowGraph()
        for name in Self.hostile.sorted() {
            graph.services.append(ServiceNode(name: name, title: name + "!", owner: name, isDocumented: true))
            graph.channels.append(ChannelNode(name: name, kind: .topic, system: "kafka", isDocumented: true))
            graph.edges += [
                FlowEdge(kind: .publishes, from: name, to: name, isDocumented: true),
                FlowEdge(kind: .consumes, from: name, to: "a b", group: name),
                FlowEdge(kind: .calls, from: "a b", to: name, system: "rest", isDocumented: true),
            ]
        }
        let catalog = loadCatalog(texts: [
            (
                "c.yaml",
                """
                messages: { "가/나": { title: 제목, example: { a: "|" } } }
                flows: { "흐름 1": { steps: [a b calls a/b, a b publishes a b] } }
                """
            )
        ]).catalog
        return ExportedSystem(catalog: catalog, graph: graph)
    }

    private func files(_ maximumNodes: Int = 200) throws -> [ExportedFile] {
        var settings = ExportSettings()
        settings.maximumNodes = maximumNodes
        return try MarkdownExport().export(system(), settings)
    }

    /// The paths that a page's links lead to, from the site's root; links to the web left out.
    private func targets(_ file: ExportedFile) -> [String] {
        let prose = file.text.split(separator: "```").enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
        return prose.matches(of: #/\]\(([^()\s]*)\)/#).map { String($0.1) }.filter { !$0.contains("://") }.map { link in
            var parts = file.path.split(separator: "/").dropLast().map(String.init)
            for part in decoded(link).split(separator: "/") {
                if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
            }
            return parts.joined(separator: "/")
        }
    }

    private func decoded(_ link: String) -> String {
        var bytes: [UInt8] = []
        var rest = link.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [200, 10]) func `every link leads to a page of the site`(maximumNodes: Int) throws {
        let files = try files(maximumNodes)
        let paths = Set(files.map(\.path))
        var count = 0
        for file in files {
            for target in targets(file) {
                count += 1
                #expect(paths.contains(target), "\(file.path): \(target)")
            }
        }
        #expect(count > Self.hostile.count * 4)
        #expect(paths.contains { $0.hasPrefix("diagrams/") } == (maximumNodes == 10))
    }

    @Test func `there is a page for everything, and none shares a file`() throws {
        let paths = try files().map(\.path)
        #expect(paths.count == 1 + 2 * Self.hostile.count + 2)
        #expect(Set(paths.map { $0.lowercased() }).count == paths.count)
        #expect(paths.contains("services/주문-서비스.md"))
        #expect(paths.allSatisfy { !$0.hasPrefix("/") && !$0.contains("..") })
    }

    @Test func `a channel's page, from what it is to who handles it`() throws {
        let file = try #require(try files().first { $0.path == "channels/주문-서비스.md" })
        #expect(
            file.text.hasPrefix(
                "<!-- Written by flowglass export markdown. -->\n\n# `주문 서비스`\n\ntopic on kafka\n\n```mermaid\n"))
        #expect(file.text.contains("## Published by\n\n| Service |\n| --- |\n| [`주문 서비스`](../services/%EC%A3%BC"))
        #expect(file.text.contains("| 주문 서비스 | undocumented |"))
        #expect(file.text.contains("## Guarantees\n\n|  | Guarantee | Says |\n| --- | --- | --- |\n| Delivery |"))
        #expect(file.text.hasSuffix("[Who publishes, who subscribes](../README.md)\n"))
    }

    @Test func `equal systems give equal bytes`() throws {
        #expect(try files() == files())
    }

    @Test func `a picture that is too large is left out, and the site is there`() throws {
        var graph = FlowGraph()
        graph.channels = [ChannelNode(name: "주문", kind: .topic, isDocumented: true)]
        for number in 0..<400 {
            let name = "아주-긴-이름을-가진-구독자-\(number)"
            graph.services.append(ServiceNode(name: name, isDocumented: true))
            graph.edges.append(
                FlowEdge(kind: .consumes, from: "주문", to: name, group: "group of \(name)", isDocumented: true))
        }
        let steps = (0..<1300).map { "a calls b\($0)" }.joined(separator: ", ")
        let catalog = loadCatalog(texts: [("c.yaml", "flows: { long: { steps: [\(steps)] } }")]).catalog
        let files = try MarkdownExport().export(ExportedSystem(catalog: catalog, graph: graph), ExportSettings())
        let topic = try #require(files.first { $0.path == "channels/주문.md" }).text
        #expect(topic.contains("```mermaid\n---\ntitle: \"Around 주문\""))
        #expect(topic.contains("(No picture of its life: it has "))
        let flow = try #require(files.first { $0.path == "flows/long.md" }).text
        #expect(flow.contains("(No picture of the steps: it has "))
        #expect(flow.contains("and Mermaid draws 40000 at most.)"))
    }

    @Test func `the page of a part links to what is in it and beside it`() throws {
        let files = try files(8)
        let names = Set(files.map(\.path))
        let pages = files.filter { $0.path.hasPrefix("diagrams/") }
        #expect(pages.count > 2)
        let lowest = pages.filter { $0.text.contains("\nServices: [") || $0.text.contains("\nChannels: [") }
        #expect(!lowest.isEmpty)
        for page in pages {
            #expect(page.text.contains("](../README.md)"))
            for target in targets(page) { #expect(names.contains(target), "\(page.path): \(target)") }
        }
    }
}

import CatalogModel
import FlowMatching
import Foundation
import SourceDiagnostics
import Testing
import TraceModel

@testable import DiagramExport

@Suite struct ExportFormatTests {
    private static let catalog = loadCatalog(texts: [
        (
            "c.yaml",
            """
            catalog: { name: 예매, owner: team-x }
            brokers: { events: { system: kafka } }
            services:
              order:
                title: 주문
                owner: 주문 팀
                domain: order
                tags: [Core, 한글]
                repository: github.com/acme/order
                publishes: [{ channel: order.completed, message: done@2 }, { channel: jobs, awaits: { reply: replies } }]
                calls: [{ service: pay, protocol: grpc, operation: Charge }, { service: pay, protocol: rest, operation: GET / }]
              pay: { subscribes: [jobs], publishes: [replies] }
              "알림 서비스": { subscribes: [{ channel: mail/orders, group: 그룹 }, { channel: order.completed, group: g1 }, { channel: order.completed, group: g2 }] }
            topics:
              order.completed: { broker: events, messages: [done], delivers-to: [mail/orders], partitions: 3, retention: 7d }
              replies: { broker: redis-streams }
            queues:
              mail/orders: { broker: rabbitmq }
              jobs: { broker: aws-sqs, fifo: true }
            messages: { done: { version: '2', schema: schemas/done.json } }
            """
        )
    ]).catalog

    private static let system = ExportedSystem(
        catalog: catalog, graph: FlowGraph(catalog: catalog, observed: []))

    private func files(_ name: String, _ settings: ExportSettings = ExportSettings()) throws -> [ExportedFile] {
        try #require(exportFormat(named: name)).export(Self.system, settings)
    }

    /// An edge without where it stands.
    private func edges(_ catalog: Catalog) -> [String] {
        FlowGraph(catalog: catalog, observed: []).edges.map {
            "\($0.kind) \($0.from) \($0.to) \($0.system) \($0.group) \($0.operation)"
        }
    }

    @Test func `the list is sorted, and each format says what it is`() {
        let names = exportFormats.map(\.name)
        #expect(names == names.sorted())
        #expect(Set(names).count == names.count)
        #expect(exportFormats.allSatisfy { !$0.summary.isEmpty })
    }

    @Test(arguments: exportFormats.map(\.name)) func `equal systems give equal bytes`(name: String) throws {
        #expect(try files(name) == files(name))
    }

    @Test func `from the catalog to AsyncAPI and back, the edges stay`() throws {
        let texts = try files("asyncapi").map { (path: $0.path, text: $0.text) }
        #expect(texts.count == 3)
        let loaded = loadCatalog(texts: texts)
        #expect(loaded.diagnostics.filter { $0.severity == .error } == [])
        #expect(edges(loaded.catalog) == edges(Self.catalog))
        #expect(loaded.catalog.channels.map(\.kind) == Self.catalog.channels.map(\.kind))
        #expect(loaded.catalog.message(named: "done")?.version == "2")
    }

    @Test func `a catalog file says all that the catalog does`() throws {
        let text = CatalogFile(
            {
                var imported = ImportedCatalog(); imported.catalog = Self.catalog; return imported
            }()
        ).text
        let loaded = loadCatalog(texts: [("c.yaml", text)])
        #expect(loaded.diagnostics == [])
        #expect(edges(loaded.catalog) == edges(Self.catalog))
        #expect(
            CatalogFile(
                {
                    var imported = ImportedCatalog(); imported.catalog = loaded.catalog; return imported
                }()
            ).text == text)
    }

    @Test func `CSV has a row for each edge`() throws {
        let lines = try #require(files("csv").first).text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "kind,from,to,system,group,operation,documented,observed,count,errors,duplicates,file,line")
        #expect(lines[1] == "calls,order,pay,grpc,,Charge,true,false,0,0,0,c.yaml,11")
        #expect(lines.count == Self.system.graph.edges.count + 2)
    }

    @Test(arguments: [
        ("=1+2", "\"'=1+2\"", "=1+2"), ("+1", "\"'+1\"", "+1"), ("-x", "\"'-x\"", "-x"), ("@a", "\"'@a\"", "@a"),
        ("\ta", "\"'\ta\"", "\ta"), ("\ra", "\"'\ra\"", "\"\ra\""), ("a,b", "\"a,b\"", "\"a,b\""),
        ("a\"b", "\"a\"\"b\"", "\"a\"\"b\""), ("a\nb", "\"a\nb\"", "\"a\nb\""), ("주문", "주문", "주문"),
        ("a=b", "a=b", "a=b"),
    ])
    func `a cell runs in no spreadsheet`(text: String, safe: String, raw: String) {
        #expect(CSVExport.cell(text, isRaw: false) == safe)
        #expect(CSVExport.cell(text, isRaw: true) == raw)
    }

    @Test func `JSON has nodes and edges`() throws {
        let text = try #require(files("json").first).text
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect((object["services"] as? [Any])?.count == 3)
        #expect((object["channels"] as? [Any])?.count == 4)
        #expect((object["edges"] as? [[String: Any]])?.first?["operation"] as? String == "Charge")
    }

    @Test(arguments: [
        ("a\"b", #""a\"b""#), ("a\\N", #""a\\N""#), ("&lt;", #""&amp;lt;""#), ("a\nb", #""a\nb""#), ("주문", "\"주문\""),
    ])
    func `text in DOT`(text: String, quoted: String) throws {
        var graph = FlowGraph()
        graph.services = [ServiceNode(name: text, isDocumented: true)]
        let dot = try DOTExport().export(ExportedSystem(catalog: Catalog(), graph: graph), ExportSettings())
        #expect(dot[0].text.contains("[label=\(quoted), "))
    }

    @Test func `Backstage entities have valid names, and refer to each other`() throws {
        let text = try #require(files("backstage").first).text
        let names = text.matches(of: #/\n  name: (.*)/#).map { String($0.1) }
        #expect(names.count >= 9)
        for name in names {
            #expect(try #/[a-zA-Z0-9]([a-zA-Z0-9_.\-]{0,61}[a-zA-Z0-9])?/#.wholeMatch(in: name) != nil, "\(name)")
        }
        #expect(text.contains("kind: System"))
        #expect(text.contains("\"component:pay\""))
        #expect(text.contains("\"resource:order.completed\""))
        #expect(text.contains("consumesApis: [order]"))
        #expect(text.contains("flowglass/name: 알림 서비스"))
    }

    @Test(arguments: [
        ("order.completed", "order.completed"), ("order completed", "order-completed"), ("-a-", "a-"), ("a", "a"),
    ])
    func `an ASCII name`(text: String, name: String) {
        let slug = ASCIINames.slug(of: text)
        #expect(slug.hasPrefix(name), "\(slug)")
    }

    @Test func `ASCII names differ, and stay what they are`() {
        var names = ASCIINames()
        #expect(names.name(for: "A") == "A")
        #expect(names.name(for: "a") == "a-2")
        #expect(ASCIINames.slug(of: "주문") != ASCIINames.slug(of: "결제"))
        #expect(ASCIINames.slug(of: String(repeating: "long", count: 50)).utf8.count <= 63)
    }
}

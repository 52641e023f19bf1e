import CatalogLint
import CatalogModel
import FlowMatching
import OTLPCoding
import SourceDiagnostics
import Testing
import TraceModel

@Suite struct DiscoverTests {
    private func observed(
        _ kind: EdgeKind, _ from: String, _ to: String, system: String = "kafka", detail: String = "",
        temporary: Bool = false
    ) -> ObservedEdge {
        var figures = EdgeFigures()
        figures.count = 1
        figures.deliveries = 1
        return ObservedEdge(
            key: EdgeKey(kind: kind, from: from, to: to, system: system, detail: detail, isTemporary: temporary),
            figures: figures)
    }

    private func proposal(_ edges: [ObservedEdge], _ loaded: LoadedCatalog = LoadedCatalog()) -> CatalogProposal {
        CatalogProposal(catalog: loaded.catalog, graph: FlowGraph(catalog: loaded.catalog, observed: edges))
    }

    /// The files of a catalog after the proposal is written into them. A second look finds nothing more, and lint no
    /// errors.
    private func written(_ edges: [ObservedEdge], into files: [(String, String)]) throws -> [String: String] {
        let loaded = loadCatalog(texts: files.map { (path: $0.0, text: $0.1) })
        try #require(loaded.diagnostics.isEmpty)
        let placement = CatalogPlacement(
            proposal(edges, loaded).additions, in: loaded,
            standard: files.count == 1 ? files[0].0 : "catalog/observed.yaml")
        #expect(placement.left.isEmpty)
        var texts = Dictionary(uniqueKeysWithValues: files)
        for change in placement.changes { texts[change.new.path] = String(decoding: change.new.bytes, as: UTF8.self) }
        let after = loadCatalog(texts: texts.map { (path: $0.key, text: $0.value) })
        #expect(lint(after).filter { $0.severity == .error }.map(\.message) == [])
        #expect(proposal(edges, after).additions == [])
        return texts.filter { entry in !files.contains { $0 == entry } }
    }

    @Test func `a whole system from nothing`() throws {
        let texts = try written(
            [
                observed(.calls, "gateway", "order", system: "rest", detail: "POST /orders"),
                observed(.calls, "gateway", "order", system: "rest", detail: "GET /orders"),
                observed(.publishes, "order", "order.completed", system: "aws-sns"),
                observed(.delivers, "order.completed", "mail-jobs", system: "aws-sns"),
                observed(.consumes, "mail-jobs", "알림", system: "aws-sqs"),
                observed(.publishes, "order", "좌석.예약"), observed(.consumes, "좌석.예약", "알림", detail: "좌석"),
            ], into: [("catalog.yaml", "")])
        #expect(
            texts["catalog.yaml"] == """
                services:
                  gateway: { calls: [{ service: order, protocol: rest }] }
                  order: { publishes: [order.completed, 좌석.예약] }
                  알림: { subscribes: [mail-jobs, { channel: 좌석.예약, group: 좌석 }] }

                topics:
                  order.completed: { broker: aws-sns, delivers-to: [mail-jobs] }
                  좌석.예약: { broker: kafka }

                queues:
                  mail-jobs: { broker: aws-sqs }

                """)
    }

    @Test func `what exists is added to where it stands, and what is new goes beside its like`() throws {
        let texts = try written(
            [
                observed(.publishes, "order", "order.completed", system: "aws-sns"),
                observed(.publishes, "order", "order.refunded", system: "aws-sns"),
                observed(.delivers, "order.completed", "export-jobs", system: "aws-sns"),
                observed(.consumes, "export-jobs", "수출", system: "aws-sqs"),
            ],
            into: [
                ("catalog/brokers.yaml", "brokers:\n  events: { system: aws-sns }\n"),
                (
                    "catalog/services/order.yaml",
                    "services:\n  order: # ours\n    publishes:\n      - order.completed\n"
                ),
                ("catalog/services/mail.yaml", "services:\n  mail: {}\n"),
                ("catalog/channels/orders.yaml", "topics:\n  order.completed:\n    broker: events\n"),
                ("catalog/channels/seats.yaml", "topics:\n  seats: {}\n"),
            ])
        #expect(
            texts == [
                "catalog/services/order.yaml":
                    "services:\n  order: # ours\n    publishes:\n      - order.completed\n      - order.refunded\n",
                "catalog/services/수출.yaml": "services:\n  수출: { subscribes: [export-jobs] }\n",
                "catalog/channels/orders.yaml": "topics:\n  order.completed:\n    broker: events\n"
                    + "    delivers-to: [export-jobs]\n\nqueues:\n  export-jobs: { broker: aws-sqs }\n",
                "catalog/channels/observed.yaml": "topics:\n  order.refunded: { broker: events }\n",
            ])
    }

    @Test func `temporary channels and services without a name are left out`() {
        let proposal = proposal([
            observed(.publishes, "order", "amq.gen-*", system: "rabbitmq", temporary: true),
            observed(.publishes, "unknown_service", "jobs"), observed(.consumes, "jobs", "", system: "rabbitmq"),
        ])
        #expect(proposal.additions == [])
        #expect(proposal.leftOut == ["spans without service.name: set OTEL_SERVICE_NAME where they come from"])
    }

    @Test func `names that differ in ids only are one template`() throws {
        let edges =
            (1...4).map { observed(.publishes, "order", "orders.471\($0).done") }
            + [observed(.publishes, "order", "v.1"), observed(.publishes, "order", "v.2")]
        let texts = try written(edges, into: [("catalog.yaml", "")])
        #expect(
            texts["catalog.yaml"] == """
                services:
                  order: { publishes: ["orders.{id}.done", v.1, v.2] }

                topics:
                  "orders.{id}.done": { broker: kafka, telemetry-names: ["orders.{id}.done"] }
                  v.1: { broker: kafka }
                  v.2: { broker: kafka }

                """)
    }

    @Test func `hostile names are written so that they read back`() throws {
        let names = [
            "true", "a: b", "- x", "[x", "it's \"quoted\"", "line\nbreak", "#no", "*alias", "3.0", "<<", "\u{202E}evil",
            "한글 이름", "{x}", "a,b", "../../etc/passwd", "🎫",
        ]
        let refused = proposal(names.map { observed(.publishes, "order", $0) }).leftOut
        #expect(refused.count == 2 && refused.allSatisfy { $0.contains("holds a control character, U+") })
        _ = try written(
            names.flatMap { [observed(.publishes, "svc \($0)", $0), observed(.consumes, $0, $0)] },
            into: [("catalog.yaml", "services:\n  x: {}\n")])
        _ = try written(
            names.map { observed(.publishes, $0, "jobs") },
            into: [
                ("catalog/services/a.yaml", "services:\n  a: {}\n"),
                ("catalog/services/b.yaml", "services:\n  b: {}\n"),
            ])
    }

    @Test(arguments: [
        ("rabbitmq", 1, "queues"), ("rabbitmq", 2, "topics"), ("kafka", 1, "topics"), ("aws-sqs", 2, "queues"),
        ("something", 1, "topics"),
    ])
    func `what is a queue and what a topic`(system: String, consumers: Int, section: String) {
        let proposal = proposal(
            [observed(.publishes, "order", "jobs", system: system)]
                + (1...consumers).map { observed(.consumes, "jobs", "worker\($0)", system: system) })
        #expect(proposal.additions.first { $0.name == "jobs" }?.section.rawValue == section)
    }
}

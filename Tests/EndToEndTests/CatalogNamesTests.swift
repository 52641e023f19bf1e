import Foundation
import Testing

/// What spans call by another name has its catalog name in every command.
@Suite struct CatalogNamesTests {
    private static let catalog = """
        services:
          게이트웨이: { telemetry-names: [api-gateway], calls: [order-service] }
          order-service: { publishes: [주문.완료], calls: [payment-service] }
          payment-service: { publishes: [payment.completed] }
          정산: { telemetry-names: [settlement-service], subscribes: [주문.완료] }
          notification-service: { subscribes: [주문.완료] }
        topics:
          주문.완료: { broker: rabbitmq, telemetry-names: ["arn:aws:sns:ap-northeast-2:1:order.completed"] }
          payment.completed: { broker: rabbitmq }
        flows:
          예매: { steps: [게이트웨이 calls order-service, order-service publishes 주문.완료] }
        """

    private func system(in scratch: ScratchFolder) async throws -> [String] {
        try Self.catalog.write(toFile: scratch.path + "/c.yaml", atomically: true, encoding: .utf8)
        let store = try await CapturedSystem.store("11-http-semconv-dup-pika", in: scratch)
        return ["--store", store, "--catalog", scratch.path + "/c.yaml"]
    }

    private func objects(_ text: String) throws -> [[String: Any]] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        if let all = value as? [[String: Any]] { return all }
        return [try #require(value as? [String: Any])]
    }

    @Test func `conversations are told in the catalog's names`() async throws {
        let scratch = try ScratchFolder()
        let common = try await system(in: scratch)
        let all = try objects(try await Program.run(["traces", "--json"] + common).output)
        let services = Set(all.flatMap { $0["services"] as? [String] ?? [] })
        #expect(services.isSuperset(of: ["게이트웨이", "정산"]))
        #expect(services.isDisjoint(with: ["api-gateway", "settlement-service"]))

        let failed = try #require(all.first { $0["state"] as? String == "failed" }?["id"] as? String)
        let trace = try #require(try objects(try await Program.run(["trace", failed, "--json"] + common).output).first)
        let hops = try #require(trace["hops"] as? [[String: Any]])
        #expect(hops.contains { $0["kind"] as? String == "publishes" && $0["to"] as? String == "주문.완료" })
        #expect(hops.contains { $0["channel"] as? String == "주문.완료" && $0["to"] as? String == "정산" })
        let names = hops.flatMap { hop in ["from", "to", "channel", "publishedTo"].compactMap { hop[$0] as? String } }
        #expect(Set(names).isDisjoint(with: ["api-gateway", "settlement-service", "order.completed"]))
        let spans = try #require(trace["spans"] as? [[String: Any]])
        #expect(
            spans.contains {
                $0["service"] as? String == "정산" && $0["telemetryName"] as? String == "settlement-service"
            })

        let text = try await Program.run(["trace", failed] + common).output
        #expect(text.contains(" 정산 ▼ 주문.완료"), "\(text)")
        #expect(!text.contains("settlement-service") && !text.contains("▲ order.completed"))
    }

    @Test func `of what a flow does not name, only what nobody wrote down is told`() async throws {
        let scratch = try ScratchFolder()
        let common = try await system(in: scratch)
        let all = try objects(try await Program.run(["traces", "--json"] + common).output)
        let id = try #require(all.first { $0["flow"] as? String == "예매" }?["id"] as? String)
        let text = try await Program.run(["trace", id] + common).output
        #expect(text.contains("flow 예매: 2 of 2 steps\n"))
        #expect(text.contains("  undocumented  marketing-export handles 주문.완료\n"))
        #expect(!text.contains("  undocumented  정산 handles 주문.완료\n") && !text.contains("unexpected"))
        let steps = try #require(
            try objects(try await Program.run(["trace", id, "--json"] + common).output).first?["steps"])
        let unexpected = try #require((steps as? [String: Any])?["unexpected"] as? [String])
        #expect(unexpected.contains("정산 handles 주문.완료"))
    }

    @Test(arguments: ["order.completed", "arn:aws:sns:ap-northeast-2:1:order.completed"])
    func `a thing is found by the name that spans carry`(name: String) async throws {
        let scratch = try ScratchFolder()
        let common = try await system(in: scratch)
        let shown = try await Program.run(["show", name] + common)
        #expect(shown.status == 0 && shown.output.hasPrefix("주문.완료\n  topic on rabbitmq\n"))
        #expect(shown.errors == "flowglass: spans call it '\(name)', and the catalog '주문.완료'\n")
    }

    @Test func `messages, deliveries and failures are told apart`() async throws {
        let scratch = try ScratchFolder()
        let common = try await system(in: scratch)
        let edges = try await Program.run(["edges"] + common).output
        let lines = edges.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines[0].suffix(8) == ["COUNT", "DELIVERIES", "ERRORS", "DUPLICATES", "WAIT", "p95", "WORK", "p95"])
        let settled = try #require(lines.first { $0.starts(with: ["consumes", "주문.완료", "정산"]) })
        #expect(settled.dropFirst(4).prefix(4) == ["12", "15", "5", "0"], "\(edges)")
        let published = try #require(lines.first { $0.starts(with: ["publishes", "order-service", "주문.완료"]) })
        #expect(published.dropFirst(4).prefix(4) == ["12", "—", "0", "0"])
        let shown = try await Program.run(["show", "주문.완료"] + common).output
        #expect(shown.contains("12 observed · 5 of 15 deliveries failed · "), "\(shown)")
        #expect(try await Program.run(["show", "게이트웨이"] + common).output.contains("order-service (rest POST /orders)"))
    }
}

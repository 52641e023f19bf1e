import Foundation
import Testing

/// What stock instrumentations sent through real brokers, against what really happened.
@Suite struct CaptureTests {
    enum Order: String, CaseIterable, Sendable { case asSent, backwards, shuffledTwice }

    static let captures = ["05-redis-faststream-ko-json-gzip", "09-clean-kafka", "11-http-semconv-dup-pika"]

    @Test(arguments: captures, Order.allCases)
    func `edges equal what really happened`(capture: String, order: Order) async throws {
        let folder = Program.repository + "/Tests/Captures/" + capture
        let index = try String(contentsOfFile: folder + "/index.jsonl", encoding: .utf8).split(separator: "\n")
        var files = try index.map { line in
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return folder + "/" + (try #require(entry?["file"] as? String))
        }
        switch order {
        case .asSent: break
        case .backwards: files.reverse()
        case .shuffledTwice:
            var dice = SystemRandomNumberGenerator()
            files = (files + files).shuffled(using: &dice)
        }
        let scratch = try ScratchFolder()
        let common = ["--store", scratch.path + "/spans.db", "--catalog", folder + "/catalog.yaml"]
        let collected = try await Program.run(["collect"] + common + files.flatMap { ["--from", $0] })
        #expect(collected.status == 0, "\(collected.errors)")
        let printed = try await Program.run(["edges", "--json"] + common)
        #expect(printed.status == 0, "\(printed.errors)")

        let expected = try Expected(path: folder + "/expected.json")
        let edges = try Edges(json: printed.output)
        #expect(edges.counts("publishes", of: "count") == expected.counts("publishes", "count"))
        #expect(edges.counts("consumes", of: "deliveries") == expected.counts("consumes", "deliveries"))
        #expect(edges.joined() == expected.counts("consumes", "joined"))
        #expect(edges.counts("calls", of: "count") == expected.counts("calls", "count"))
        #expect(edges.counts("delivers", of: "count").isEmpty)
    }
}

/// `from -> to: number`, for each kind of edge.
private struct Expected {
    let content: [String: Any]

    init(path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        content = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    func counts(_ kind: String, _ field: String) -> [String: Int] {
        let edges = content[kind] as? [[String: Any]] ?? []
        return edges.reduce(into: [:]) { counts, edge in
            counts["\(edge["from"] ?? "") -> \(edge["to"] ?? "")"] = edge[field] as? Int
        }
    }
}

private struct Edges {
    let edges: [[String: Any]]

    init(json: String) throws {
        let all = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        edges = all.filter { $0["observed"] as? Bool == true && $0["temporary"] as? Bool == false }
    }

    func counts(_ kind: String, of field: String) -> [String: Int] {
        edges.filter { $0["kind"] as? String == kind }.reduce(into: [:]) { counts, edge in
            counts["\(edge["from"] ?? "") -> \(edge["to"] ?? "")", default: 0] += edge[field] as? Int ?? 0
        }
    }

    func joined() -> [String: Int] {
        edges.filter { $0["kind"] as? String == "consumes" }.reduce(into: [:]) { counts, edge in
            let joined = (edge["joinedBy"] as? [String: Int] ?? [:]).values.reduce(0, +)
            counts["\(edge["from"] ?? "") -> \(edge["to"] ?? "")", default: 0] += joined
        }
    }
}

import CatalogModel
import Foundation
import FlowMatching
import SourceDiagnostics
import Testing
import TraceModel

@testable import DiagramExport

/// Every diagram is drawn by the real Mermaid, and what it drew and understood is compared with what was exported.
@Suite(.enabled(if: RealMermaid.isAvailable, "the real Mermaid is not at hand"))
struct RealMermaidTests {
    /// Hostile names from a list where it is at hand, and made up of hostile pieces.
    private static let names: [String] = {
        let list = FileManager.default.contents(atPath: RealMermaid.shared + "/corpora/nasty-names.json")
        let known = list.flatMap { try? JSONDecoder().decode([String].self, from: $0) } ?? []
        // Mermaid's own placeholder for entities cannot be told apart from text.
        return (known + fuzzed(100)).filter { !$0.contains("ﬂ°") }
    }()

    private static func fuzzed(_ count: Int) -> [String] {
        let pieces = [
            "\"", "#", ";", "&", "<", ">", "`", "$$", "\\", "%%", "{", "}", "*", "_", "~", "|", "[", "]", "(", ")", ":",
            "::", "-->", "---", "==>", "end", "subgraph", "click", "<br/>", "&lt;", "#35;", "주문", "결제 완료", "🚀", "é",
            " ", "\n", "\t", "1. ", "- ", "fa:fa-car", "wrap:", "a", "Z9", "/", "@", "x", "o", "=", "'", ",", "note",
        ]
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        return (0..<count).map { _ in (0...next(6)).map { _ in pieces[next(pieces.count)] }.joined() }
    }

    /// As it must be drawn: lines without characters that cannot be seen, blanks collapsed.
    private func shown(_ texts: String...) -> String {
        let lines = texts.map(shownAlone).filter { !$0.isEmpty }
        let isOnOneLine = lines.contains { line in
            ["$$", "\\", "fa:", "fab:", "mdi:"].contains(where: line.contains)
        }
        return isOnOneLine ? lines.joined(separator: " · ").replacing("\n", with: " · ") : lines.joined(separator: "\n")
    }

    private func shownAlone(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline)
            .map { line in
                let visible = line.unicodeScalars.filter { scalar in
                    scalar == "\t"
                        || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                            || [0xFEFF, 0x200E].contains(scalar.value))
                }
                return String(String.UnicodeScalarView(visible)).split { $0 == " " || $0 == "\t" }.joined(
                    separator: " ")
            }
            .filter { !$0.isEmpty }.joined(separator: "\n")
            .trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{200B}"]))
    }

    @Test func `a flowchart shows every name as it is written, and has every arrow`() throws {
        var diagrams: [(String, String)] = []
        var expected: [(nodes: [String], clusters: [String], arrows: [[String]])] = []
        for start in stride(from: 0, to: Self.names.count, by: 24) {
            let some = Array(Set(Self.names[start...].prefix(24))).sorted()
            var graph = FlowGraph()
            var arrows: [[String]] = []
            for name in some {
                let (queue, other) = (name + "큐", name + "2")
                graph.services += [
                    ServiceNode(name: name, title: name + "!", kind: .gateway, domain: name, isDocumented: true),
                    ServiceNode(name: other, domain: name, isDocumented: true),
                ]
                graph.channels += [
                    ChannelNode(name: name, kind: .topic, system: name, isDocumented: true),
                    ChannelNode(name: queue, kind: .queue, system: name, isDocumented: true),
                ]
                graph.edges += [
                    FlowEdge(kind: .publishes, from: name, to: name, isDocumented: true),
                    FlowEdge(kind: .delivers, from: name, to: queue, isDocumented: true),
                    FlowEdge(kind: .consumes, from: queue, to: other, group: name + "g"),
                    FlowEdge(kind: .calls, from: other, to: name, system: name, isDocumented: true),
                ]
                let service = shown(name + "!", name)
                arrows += [
                    [service, "", shown(name)], [shown(name), "", shown(queue)],
                    [shown(queue), shown("group \(name)g, undocumented"), shown(other)],
                    [shown(other), name.isEmpty ? "call" : shown(name), service],
                ]
            }
            let options = MermaidFlowchart.Options(title: some[0], hasLegend: false)
            diagrams.append(("flowchart \(start)", try MermaidFlowchart(graph: graph, options: options).render()))
            expected.append(
                (
                    some.flatMap { name in
                        [
                            shown(name + "!", name),
                            shown(name + "2"), shown(name), shown(name + "큐"),
                        ]
                    }, some.flatMap { [shown($0), shown($0)] }, arrows
                ))
        }
        let drawings = try RealMermaid.draw(diagrams)
        #expect(drawings.count == diagrams.count)
        for (drawing, expected) in zip(drawings, expected) {
            #expect(drawing.error == nil)
            #expect(difference(drawing.labels["nodes"], expected.nodes.filter { !$0.isEmpty }) == [])
            #expect(difference(drawing.labels["clusters"], expected.clusters.filter { !$0.isEmpty }) == [])
            #expect(difference(drawing.arrows.map(text), expected.arrows.map(text)) == [], "\(drawing.name)")
        }
    }

    @Test func `a sequence shows every name as it is written`() throws {
        var diagrams: [(String, String)] = []
        var expected: [(actors: Set<String>, messages: [String])] = []
        for start in stride(from: 0, to: Self.names.count, by: 24) {
            let some = Array(Set(Self.names[start...].prefix(24))).sorted().filter { !shown($0).isEmpty }
            let hops = some.enumerated().flatMap { index, name in
                [
                    Hop(kind: .calls, from: name, to: name + "2", operation: name, time: UInt64(index) * 10, work: 5),
                    Hop(
                        kind: .consumes, from: name, to: name, channel: name + "큐", publishedTo: name + "t",
                        isError: true, time: UInt64(index) * 10 + 6),
                ]
            }
            let conversation = Conversation(
                id: some[0], correlationID: nil, traces: [], services: [], spans: [], hops: hops, state: .failed,
                start: 0, end: 9)
            diagrams.append(("sequence \(start)", try MermaidSequence(conversation: conversation).render()))
            expected.append(
                (
                    Set(some.flatMap { [$0, $0 + "2", $0 + "t"].map { RealMermaid.Drawing.plain(shown($0)) } }),
                    some.flatMap { [shown($0), shown("via \($0)큐")].map(RealMermaid.Drawing.plain) }
                ))
        }
        for (drawing, expected) in zip(try RealMermaid.draw(diagrams), expected) {
            #expect(drawing.error == nil)
            // Each participant stands above and below, and long names on several lines.
            let actors = Set((drawing.nodes.values).map { $0 })
            #expect(actors.symmetricDifference(expected.actors) == [])
            let messages = drawing.arrows.map { $0[1] }.filter {
                !$0.hasSuffix("ms") && $0 != "failed\npublisher unknown"
            }
            #expect(difference(messages, expected.messages) == [])
        }
    }

    @Test func `a message's life shows every name as it is written`() throws {
        var diagrams: [(String, String)] = []
        var expected: [Set<String>] = []
        let names = Self.names.filter { !shown($0).isEmpty }
        for start in stride(from: 0, to: names.count, by: 12) {
            let some = Array(Set(names[start...].prefix(12))).sorted()
            var catalog = Catalog()
            var graph = FlowGraph()
            let span = SourceSpan(file: "c.yaml", line: 1, column: 1)
            catalog.messages = [Message(name: "m", span: span)]
            for name in some {
                var channel = Channel(name: name, span: span, kind: .topic)
                channel.messages = [Located("m", span)]
                catalog.channels.append(channel)
                graph.channels.append(ChannelNode(name: name, kind: .topic, system: "redis-pubsub"))
                graph.edges.append(
                    FlowEdge(kind: .consumes, from: name, to: name + "2", group: name, isDocumented: true))
            }
            diagrams.append(("life \(start)", try MermaidLife(of: "m", catalog: catalog, graph: graph).render()))
            expected.append(Set(some.flatMap { [shown("in " + $0), shown("handled by \($0)2")] } + ["lost"]))
        }
        for (drawing, expected) in zip(try RealMermaid.draw(diagrams), expected) {
            #expect(drawing.error == nil, "\(drawing.name)")
            #expect(Set(drawing.labels["nodes"] ?? []).subtracting([""]).symmetricDifference(expected) == [])
        }
    }

    @Test func `links lead to repositories, and nothing else`() throws {
        var graph = FlowGraph()
        let repositories = [
            "https://example.com/a?b=1&c=\"2\"#f;x", "git@github.com:acme/shop.git", "javascript:alert(1)",
            "github.com/a/b",
        ]
        for (index, repository) in repositories.enumerated() {
            graph.services.append(ServiceNode(name: "s\(index)", repository: repository, isDocumented: true))
        }
        let drawing = try #require(
            try RealMermaid.draw([("links", try MermaidFlowchart(graph: graph).render())]).first)
        #expect(drawing.error == nil)
        #expect(
            Set(drawing.links) == [
                "https://example.com/a?b=1&c=%222%22#f;x", "https://github.com/acme/shop", "https://github.com/a/b",
            ])
    }

    private func text(_ arrow: [String]) -> String { arrow.map(RealMermaid.Drawing.plain).joined(separator: " → ") }

    /// What is in one and not in the other, told apart by signs.
    private func difference(_ drawn: [String]?, _ expected: [String]) -> [String] {
        var counts: [String: Int] = [:]
        for text in drawn ?? [] where !text.isEmpty { counts[text, default: 0] += 1 }
        for text in expected where !text.isEmpty { counts[text, default: 0] -= 1 }
        return counts.filter { $0.value != 0 }.map { ($0.value > 0 ? "drawn: " : "missing: ") + $0.key }.sorted()
    }
}

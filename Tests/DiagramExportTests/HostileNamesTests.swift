import CatalogModel
import FlowMatching
import Testing
import TraceModel

@testable import DiagramExport

/// Names that mean something to Mermaid, YAML, HTML, Markdown, terminals or nobody.
private let hostileNames = [
    "", " ", "\n", "\t\t", "end", "End", "graph", "subgraph", "class", "click", "style", "default", "o", "x",
    "__proto__",
    "constructor", "say \"no\"", "\"", "\"]", "\"])", "'", "`x`", "``", "a[b", "a]b", "[[a]]", "{a", "a}", "{{a}}",
    "(a",
    "a)", "((a))", "<a", "a>", "<br/>", "<script>alert(1)</script>", "#", "#quot;", "#59;", "a;b", "a; b --> c",
    "&amp;",
    "|", "a|b", "*", "**a**", "_a_", "~a~", "$$a$$", "%", "%% a", "%%{init: {}}%%", "\\", "a\\", "a\\nb", "C:\\x",
    "fa:fa-car", "x mdi:home", "1. a", "2) a", "- a", "+ a", "-", "+", ":", "::", ":a", "wrap: a", "nowrap:a", "---",
    "-->",
    "-.->", "==>", "a->>b: c", "a\nb", "a\r\nb", "a\u{2028}b", "a\u{0}b", "a\u{1B}[31mb", "a\u{202E}b", "\u{FFFE}",
    "a\u{85}b", "주문 서비스", "결제(승인)", "주문/생성 “완료”", "注文", "مرحبا", "👩‍💻", "🚀", "e\u{301}", "a\u{A0}b",
    "https://a.b/c?d=1&e=2#f", "a@b.c", "@{ shape: x }", "note over a", "accTitle: x", "title: x", "A", "a", "ä", "ö",
    String(repeating: "long ", count: 60), String(repeating: "가", count: 300),
]

@Suite struct HostileNamesTests {
    @Test(arguments: hostileNames)
    func `every line of a flowchart is of the safe grammar`(name: String) throws {
        let graph = graph([name])
        let grammar = try MermaidGrammar.flowchart()
        for line in try MermaidFlowchart(graph: graph, options: .init(title: name)).render().split(separator: "\n") {
            #expect(try grammar.accepts(line), "\(line)")
        }
    }

    @Test(arguments: [
        #"    s_a["say "hi""]"#, #"    s_a["a;b"]"#, "    s_a[a]", #"    end["a"]"#, #"    s_a --> s_b %% note"#,
        #"    s_a-->s_b"#, #"    s_a["%%{x"]"#, #"title: "a"b""#, "    style s_a fill:#fff",
    ])
    func `the grammar refuses what Mermaid misunderstands`(line: String) throws {
        #expect(try !MermaidGrammar.flowchart().accepts(line[...]))
    }

    @Test func `all names in one diagram have ids of their own`() throws {
        let names = Array(Set(hostileNames)).sorted()
        for start in stride(from: 0, to: names.count, by: 40) {
            let some = Array(names[start...].prefix(40))
            let text = try MermaidFlowchart(graph: graph(some)).render()
            let ids = text.split(separator: "\n").compactMap { line in
                line.firstMatch(of: #/^ +(?:subgraph )?([sctqgldp]_[A-Za-z0-9_]+)[\[({]/#).map { $0.1.lowercased() }
            }
            #expect(Set(ids).count == ids.count)
            #expect(ids.count >= some.count * 4)
        }
    }

    @Test(arguments: hostileNames)
    func `every line of a sequence is of the safe grammar`(name: String) throws {
        let hops = [
            Hop(kind: .calls, from: name, to: name + "b", operation: name, time: 1, work: 5),
            Hop(kind: .publishes, from: name, to: name, time: 2),
            Hop(kind: .consumes, from: name, to: name, channel: name + "q", publishedTo: name, isError: true, time: 3),
        ]
        let grammar = try MermaidGrammar.sequence()
        let conversation = Conversation(
            id: name, correlationID: nil, traces: [], services: [], spans: [], hops: hops, state: .complete, start: 0,
            end: 9)
        for line in try MermaidSequence(conversation: conversation).render().split(separator: "\n") {
            #expect(try grammar.accepts(line), "\(line)")
        }
    }

    @Test(arguments: [
        ("say \"hi\"", "say #34;hi#34;"), ("List<Order>", "List#60;Order#62;"), ("1. item", "1#46; item"),
        ("- item", "#45; item"), ("-", "#45;"), ("a-b", "a-b"), ("fa:fa-car", "fa#58;fa-car"), ("a:b", "a:b"),
        ("  a \t b ", "a b"), ("a\nb", "a<br/>b"), ("", "#nbsp;"), ("주문.완료", "주문.완료"), ("a\u{202E}b", "ab"),
        ("order#1;", "order#35;1#59;"), ("a\\nb", "a#92;nb"),
    ])
    func `a label`(text: String, coded: String) {
        #expect(MermaidText.label(text) == coded)
    }

    @Test(arguments: [
        ("C# client", "C#35; client"), ("a;b", "a#59;b"), ("wrap: x", "wrap#58; x"), (":a", "#58;a"), ("", "#8203;"),
        ("a[b]", "a[b]"), ("주문", "주문"), ("+1", "#43;1"),
    ])
    func `a line`(text: String, coded: String) {
        #expect(MermaidText.line(text) == coded)
    }

    @Test(arguments: [("a: \"b\"", #""a: \"b\"""#), (#"C:\x"#, #""C:\\x""#), ("a\nb", "\"a b\"")])
    func `a title`(text: String, quoted: String) {
        #expect(MermaidText.quoted(text) == quoted)
    }

    // MARK: - The grammar

    private func graph(_ names: [String]) -> FlowGraph {
        var graph = FlowGraph()
        for name in names {
            graph.services.append(
                ServiceNode(name: name, title: name + "!", domain: name, repository: "https://" + name))
            graph.services.append(ServiceNode(name: name + "2", domain: name))
            graph.channels.append(ChannelNode(name: name, kind: .topic, system: name, isDocumented: true))
            graph.channels.append(ChannelNode(name: name + "q", kind: .queue, system: name))
            graph.channels.append(ChannelNode(name: name + "?", system: name, isObserved: true))
            graph.edges += [
                FlowEdge(kind: .publishes, from: name, to: name, isDocumented: true),
                FlowEdge(kind: .delivers, from: name, to: name + "q"),
                FlowEdge(kind: .consumes, from: name + "q", to: name, group: name + "g", isObserved: true),
                FlowEdge(kind: .calls, from: name, to: name, system: name, isDocumented: true),
                FlowEdge(kind: .publishes, from: name, to: name + "?", isObserved: true),
                FlowEdge(kind: .calls, from: name, to: name + "2", isDocumented: true),
            ]
        }
        return graph
    }
}

/// What a line of a diagram may look like: nothing that people wrote stands outside of quotes or after an alias, and no
/// character in it means anything.
private struct MermaidGrammar {
    private let lines: Regex<AnyRegexOutput>

    static func flowchart() throws -> MermaidGrammar {
        let label = #"(?:[^"\x00-\x1F#;&<>`$\\%{}*_~|\[\]]|#\d+;|#nbsp;|<br/>)+"#
        return try MermaidGrammar([
            "flowchart LR", " +end", #" +subgraph [gd]_\w+\[""# + label + #""\]"#,
            #" +[sctql]_\w+(?:\[|\[\[|\(|\(\[|\[\(|\{\{)""# + label + #""(?:\]|\]\]|\)|\]\)|\)\]|\}\})"#,
            #" +click s_\w+ href "https?:[^"\x00-\x20<>`\\]+" _blank"#,
            #" +[sctq]_\w+ (?:==>|-->|-\.->)(?:\|""# + label + #""\|)? [sctq]_\w+"#,
            #" +classDef k_[a-z]+ [a-z0-9#:,\- ]+"#, #" +class [\w,]+ k_[a-z]+"#,
            #" +linkStyle [0-9,]+ [a-z0-9#:,\-]+"#,
        ])
    }

    static func sequence() throws -> MermaidGrammar {
        let text = #"(?:[^"\x00-\x1F#;&<>`$\\%{}*_]|#\d+;|<br/>)+"#
        return try MermaidGrammar([
            "sequenceDiagram", #" +participant [sc]_\w+ as "# + text,
            #" +[sc]_\w+(?:->>|-->>|--x|-\)|-x)[sc]_\w+: "# + text, #" +Note over [sc]_\w+: "# + text,
        ])
    }

    private init(_ statements: [String]) throws {
        let front = ["---", #"title: "(?:[^"\\\x00-\x1F]|\\["\\])*""#, #" +acc(?:Title|Descr): [^\x00-\x1F{}#;%"<>]+"#]
        lines = try Regex((front + statements).map { "(?:\($0))" }.joined(separator: "|")).asciiOnlyWordCharacters()
    }

    func accepts(_ line: Substring) throws -> Bool { try lines.wholeMatch(in: line) != nil }
}

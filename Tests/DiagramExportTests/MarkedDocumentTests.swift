import CatalogModel
import FlowMatching
import SourceDiagnostics
import Testing

@testable import DiagramExport

@Suite struct MarkedDocumentTests {
    private static let catalog = loadCatalog(texts: [
        (
            "c.yaml",
            """
            catalog: { name: 예매 }
            services:
              order: { title: 주문, owner: team-a, publishes: [{ channel: order.completed, message: done@2 }], calls: [{ service: pay, protocol: grpc }] }
              pay: { owner: team-b, description: "Takes *money* | cards" }
              mail: { subscribes: [{ channel: order.completed, group: mailers }], domain: post }
            topics:
              order.completed: { broker: aws-sns, owner: team-a, messages: [done] }
            messages:
              done: { version: '2', owner: team-a }
            flows:
              buy: { steps: [order calls pay, order publishes order.completed] }
            """
        )
    ]).catalog

    private static let blocks = DocumentBlocks(
        ExportedSystem(catalog: catalog, graph: FlowGraph(catalog: catalog, observed: [])), rules: "| Rule |")

    private func refresh(_ text: String) -> (text: String, problems: [String]) {
        let (text, problems) = Self.blocks.refresh(MarkedDocument(path: "a.md", text: text))
        return (text, problems.map { "\($0.span?.line ?? 0):\($0.span?.column ?? 0) \($0.message)" })
    }

    @Test func `what stands between markers is replaced, the rest stays`() {
        let (text, problems) = refresh(
            "# A\n<!-- flowglass:table of=services -->\nold\n<!-- /flowglass -->\nafter, no newline")
        #expect(problems == [])
        #expect(
            text == """
                # A
                <!-- flowglass:table of=services -->
                | Service | Title | Owner | Domain | Publishes | Subscribes to | Calls |
                | --- | --- | --- | --- | --- | --- | --- |
                | `mail` |  |  | post |  | `order.completed` |  |
                | `order` | 주문 | team-a |  | `order.completed` |  | `pay` |
                | `pay` |  | team-b |  |  |  |  |
                <!-- /flowglass -->
                after, no newline
                """)
        #expect(refresh(text).text == text)
    }

    @Test func `line ends and indents are kept`() {
        let (text, _) = refresh("- a\r\n\r\n  <!-- flowglass:rules -->\r\n  <!-- /flowglass -->\r\nend\r\n")
        #expect(text == "- a\r\n\r\n  <!-- flowglass:rules -->\r\n  | Rule |\r\n  <!-- /flowglass -->\r\nend\r\n")
    }

    @Test func `markers in code are text`() {
        let document = "```md\n<!-- flowglass:table -->\n```\n~~~~\n```\n<!-- /flowglass -->\n~~~~\n"
        #expect(refresh(document) == (document, []))
    }

    @Test(arguments: [
        ("mermaid", "flowchart LR"), ("mermaid focus=order depth=0", "title: \"Around order\""),
        ("mermaid flow=buy", "sequenceDiagram"), ("mermaid flow=buy as=flowchart", "|\"1, gRPC\"|"),
        ("mermaid life=done", "stateDiagram-v2"), ("mermaid domain=post", "s_mail"),
        ("mermaid impact=pay", "When pay stops"),
        ("mermaid title=\"한 \\\"줄\\\"\" direction=TD", "title: \"한 \\\"줄\\\"\""),
        ("owners", "| team-a | `order` | `order.completed` | `done` |"),
        ("show name=pay", "Takes \\*money\\* \\| cards"),
        ("show name=order.completed", "**Subscribed by**"), ("table of=messages", "| `done` | 2 |"),
    ])
    func `a marker`(marker: String, holds: String) {
        let (text, problems) = refresh("<!-- flowglass:\(marker) -->\n<!-- /flowglass -->\n")
        #expect(problems == [])
        #expect(text.contains(holds), "\(text)")
    }

    @Test(arguments: [
        ("<!-- flowglass:mermiad -->\n<!-- /flowglass -->", "1:1 there is no marker 'flowglass:mermiad'"),
        ("a\n\n  <!-- flowglass:rules -->\n", "3:3 a marked block has no end"),
        ("<!-- /flowglass -->", "1:1 a marker ends a block that none begins"),
        (
            "<!-- flowglass:rules -->\n<!-- flowglass:rules -->\n<!-- /flowglass -->",
            "1:1 a marker begins within another's block"
        ),
        ("<!-- flowglass:table of=topcs -->\n<!-- /flowglass -->", "1:1 there is no table of 'topcs'"),
        ("<!-- flowglass:table -->\n<!-- /flowglass -->", "1:1 'flowglass:table' does not say of what"),
        (
            "<!-- flowglass:mermaid focus=ordr -->\n<!-- /flowglass -->",
            "1:1 'ordr' is neither a service nor a channel; did you mean 'order'?"
        ),
        (
            "<!-- flowglass:mermaid depth=-1 focus=order -->\n<!-- /flowglass -->",
            "1:1 'depth' must be a whole number, and '-1' is not"
        ),
        (
            "<!-- flowglass:mermaid focus -->\n<!-- /flowglass -->",
            "1:1 'focus' in a marker needs a value, as in focus=NAME"
        ),
        ("<!-- flowglass:mermaid title=\"x -->\n<!-- /flowglass -->", "1:1 the value of 'title' has no closing quote"),
        (
            "<!-- flowglass:mermaid flow=buy life=done -->\n<!-- /flowglass -->",
            "1:1 'flow' and 'life' are different diagrams"
        ),
        ("<!-- flowglass:owners x=1 -->\n<!-- /flowglass -->", "1:1 'flowglass:owners' knows no 'x'"),
        ("<!-- flowglass:show name=nobody -->\n<!-- /flowglass -->", "1:1 nothing is called 'nobody'"),
        ("<!-- flowglass:rules\n<!-- /flowglass -->", "1:1 a marker must end on its line"),
    ])
    func `a malformed marker is told, and its block stays`(text: String, problem: String) {
        let (fresh, problems) = refresh(text)
        #expect(problems.first == problem)
        #expect(fresh == text || problem.contains("within another"))
    }

    @Test func `an example that looks like a marker ends no block`() throws {
        let catalog = loadCatalog(texts: [
            (
                "c.yaml",
                """
                topics: { t: { messages: [m] } }
                messages:
                  m:
                    example: |
                      <!-- /flowglass -->
                      <!-- flowglass:rules -->
                """
            )
        ]).catalog
        let blocks = DocumentBlocks(
            ExportedSystem(catalog: catalog, graph: FlowGraph(catalog: catalog, observed: [])), rules: "")
        let text = "<!-- flowglass:show name=m -->\n<!-- /flowglass -->\n끝\n"
        let once = blocks.refresh(MarkedDocument(path: "a.md", text: text))
        #expect(once.text.contains("<! -- /flowglass -->\n"))
        let twice = blocks.refresh(MarkedDocument(path: "a.md", text: once.text))
        #expect(twice.text == once.text)
        #expect(twice.problems.isEmpty)
    }

    @Test(arguments: [
        ("order.*", "order.\\*"), ("a | b", "a \\| b"), ("<script>", "\\<script\\>"), ("# a", "\\# a"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"), ("a\nb", "a b"), ("a_b", "a\\_b"), ("주문", "주문"), ("a\u{202E}b", "ab"), ("$x$", "\\$x\\$"),
    ])
    func `text in Markdown`(text: String, markdown: String) {
        #expect(MarkdownText.inline(text) == markdown)
    }

    @Test(arguments: [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("", "` `"), ("a|b", "`a|b`")])
    func `code in Markdown`(text: String, markdown: String) {
        #expect(MarkdownText.code(text) == markdown)
    }
}

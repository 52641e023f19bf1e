import FlowMatching
import SourceDiagnostics

/// An atlas as files: a page that lists all of them, and one Mermaid file for each picture.
public struct AtlasFiles: Sendable {
    public var pages: [MermaidAtlas.Page]
    public var title: String

    public init(pages: [MermaidAtlas.Page], title: String) {
        self.pages = pages
        self.title = title
    }

    /// The file names of pages, without their ending.
    public static func names(of pages: [String]) -> [String: String] {
        var files = FileNames(reserved: ["readme"])
        return Dictionary(pages.map { ($0, files.name(for: $0)) }, uniquingKeysWith: { first, _ in first })
    }

    public var files: [ExportedFile] {
        let names = Self.names(of: pages.map(\.name))
        let path = { (page: String) in (names[page] ?? page) + ".mmd" }
        var lines = ["# \(MarkdownText.inline(title))", ""]
        if let first = pages.first { lines += ["```mermaid", first.text + "```", ""] }
        for page in pages.dropFirst() {
            let counts = "\(counted(page.services, "service")), \(counted(page.channels, "channel"))"
            let indent = String(repeating: "  ", count: max(0, page.depth - 1))
            lines.append(
                "\(indent)- [\(MarkdownText.inline(page.name))](\(MarkdownText.encoded(path(page.name)))): \(counts)")
        }
        return [ExportedFile(path: "README.md", text: lines.joined(separator: "\n") + "\n")]
            + pages.map { ExportedFile(path: path($0.name), text: $0.text) }
    }
}

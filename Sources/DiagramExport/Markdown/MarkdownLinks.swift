import CatalogModel
import FlowMatching

/// Where the page of a thing is; a place without pages shows names alone.
struct MarkdownLinks: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case service = "services"
        case channel = "channels"
        case flow = "flows"
        case message = "messages"
    }

    /// Names of pages by what they are about, without folder and ending.
    private var files: [Kind: [String: String]] = [:]
    /// From the page that links to the site's root: empty, or `../`.
    var prefix = ""

    /// No pages.
    init() {}

    init(_ system: ExportedSystem) {
        func add(_ kind: Kind, _ names: [String]) {
            var taken = FileNames(reserved: ["readme"])
            files[kind] = Dictionary(
                names.map { ($0, taken.name(for: $0)) }, uniquingKeysWith: { first, _ in first })
        }
        add(.service, system.graph.services.map(\.name))
        add(.channel, system.graph.channels.map(\.name))
        add(.flow, system.catalog.flows.map(\.name))
        add(.message, system.catalog.messages.map(\.name))
    }

    /// The page's path from the site's root.
    func path(_ kind: Kind, _ name: String) -> String? { files[kind]?[name].map { "\(kind.rawValue)/\($0).md" } }

    /// The name as code, and a link where there is a page.
    func link(_ kind: Kind, _ name: String) -> String {
        let text = MarkdownText.cellCode(name)
        guard let path = path(kind, name) else { return text }
        return "[\(text)](\(MarkdownText.encoded(prefix + path)))"
    }
}

import CatalogModel
import FlowMatching
import SourceDiagnostics
import TraceModel

/// Writes the pages of a site.
struct MarkdownSite {
    private let facts: SystemFacts
    private let settings: ExportSettings
    /// From pages in folders, and from the index.
    private let sheet: FactSheet
    private let index: FactSheet

    init(_ system: ExportedSystem, _ settings: ExportSettings) {
        facts = SystemFacts(system)
        self.settings = settings
        var links = MarkdownLinks(system)
        index = FactSheet(facts, links)
        links.prefix = "../"
        sheet = FactSheet(facts, links)
    }

    func files() throws(DiagramFailure) -> [ExportedFile] {
        let pages = try atlas()
        var files = [ExportedFile(path: "README.md", text: page(indexPage(pages)))]
        if pages.count > 1 { files += diagramPages(pages) }
        for service in facts.graph.services {
            files.append(
                page(.service, service.name, service.title, sheet.service(service.name), [around(service.name)]))
        }
        for channel in facts.graph.channels {
            files.append(
                page(
                    .channel, channel.name, channel.title, sheet.channel(channel.name),
                    [around(channel.name), life(of: channel.name)]))
        }
        for flow in facts.catalog.flows {
            let steps = picture("the steps") { () throws(DiagramFailure) in
                try MermaidFlow(flow: flow, catalog: facts.catalog).render()
            }
            files.append(page(.flow, flow.name, flow.documentation.title, sheet.flow(flow.name), [steps]))
        }
        for message in facts.catalog.messages {
            let isCarried = !facts.catalog.carriers(of: message.name).isEmpty
            files.append(
                page(
                    .message, message.name, message.documentation.title, sheet.message(message.name),
                    isCarried ? [life(of: message.name)] : []))
        }
        return files
    }

    // MARK: - Pages

    private func page(
        _ kind: MarkdownLinks.Kind, _ name: String, _ title: String?, _ lines: [String]?, _ pictures: [[String]]
    ) -> ExportedFile {
        let people = title.flatMap { $0.isEmpty || $0 == name ? nil : "\(MarkdownText.inline($0)) " } ?? ""
        var content = ["# \(people)\(MarkdownText.code(name))", ""]
        let lines = lines ?? []
        // What it is comes first, then the pictures, then the tables.
        let firstSection = lines.firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
        content += lines[..<firstSection]
        content += pictures.joined()
        content += lines[firstSection...]
        content += ["[\(MarkdownText.inline(facts.system.title))](../README.md)"]
        return ExportedFile(path: sheet.links.path(kind, name) ?? "", text: page(content))
    }

    private func indexPage(_ pages: [MermaidAtlas.Page]) -> [String] {
        let about = facts.catalog.about
        var lines = ["# \(MarkdownText.inline(facts.system.title))", ""]
        if let description = about.description { lines += [MarkdownText.paragraphs(description), ""] }
        if let owner = about.owner { lines += ["Owner: \(MarkdownText.inline(owner))", ""] }
        if let first = pages.first { lines += fenced(first.text) }
        if pages.count > 1 {
            let names = AtlasFiles.names(of: pages.map(\.name))
            lines += pages.dropFirst().map { page in
                String(repeating: "  ", count: max(0, page.depth - 1))
                    + "- [\(MarkdownText.inline(page.name))](\(MarkdownText.encoded("diagrams/\(names[page.name] ?? "").md"))): "
                    + "\(counted(page.services, "service")), \(counted(page.channels, "channel"))"
            }
            lines.append("")
        }
        let tables: [(String, MarkdownTable)] = [
            ("Services", index.tables.table(.services)), ("Channels", index.tables.table(.channels)),
            ("Flows", index.tables.table(.flows)), ("Messages", index.tables.table(.messages)),
            ("Owners", index.tables.owners()),
        ]
        for (title, table) in tables where !table.isEmpty { lines += ["## \(title)", "", table.text, ""] }
        return lines
    }

    /// A page for each picture of a divided system.
    private func diagramPages(_ pages: [MermaidAtlas.Page]) -> [ExportedFile] {
        let names = AtlasFiles.names(of: pages.map(\.name))
        return pages.dropFirst().map { page in
            var lines = ["# \(MarkdownText.inline(page.name))", ""] + fenced(page.text)
            let link = { (name: String) in
                "[\(MarkdownText.inline(name))](\(MarkdownText.encoded((names[name] ?? "") + ".md")))"
            }
            // Diagrams on GitHub link to nothing: what can be drawn as a link is a list, too.
            lines += page.parts.map { "- " + link($0) }
            let services = page.members.filter(\.isService).map { sheet.links.link(.service, $0.name) }
            let channels = page.members.filter { !$0.isService }.map { sheet.links.link(.channel, $0.name) }
            for (title, links) in [
                ("Services", services), ("Channels", channels), ("Beside it", page.others.map(link)),
            ]
            where !links.isEmpty {
                lines += [lines.last == "" ? nil : "", "\(title): \(links.joined(separator: ", "))"].compactMap(\.self)
            }
            lines += ["", "[\(MarkdownText.inline(facts.system.title))](../README.md)"]
            return ExportedFile(path: "diagrams/\(names[page.name] ?? "").md", text: self.page(lines))
        }
    }

    private func page(_ lines: [String]) -> String {
        var text = "<!-- Written by flowglass export markdown. -->\n\n" + lines.joined(separator: "\n")
        while text.hasSuffix("\n") { text.removeLast() }
        return text + "\n"
    }

    // MARK: - Diagrams

    private func fenced(_ diagram: String) -> [String] { ["```mermaid", diagram + "```", ""] }

    private func atlas() throws(DiagramFailure) -> [MermaidAtlas.Page] {
        var options = settings.flowchartOptions
        options.title = facts.system.title
        options.hasLinks = false
        return try MermaidAtlas(graph: facts.graph, options: options).pages()
    }

    private func around(_ name: String) -> [String] {
        var options = MermaidFlowchart.Options(focus: name)
        options.hasLinks = false
        options.frames = settings.frames
        options.marksUndocumented = settings.marksUndocumented
        options.maximumNodes = settings.maximumNodes
        var chart = MermaidFlowchart(graph: facts.graph, catalog: facts.catalog, options: options)
        chart.index = facts.index
        return picture("what is around it", chart.render)
    }

    private func life(of name: String) -> [String] {
        var life = MermaidLife(of: name, catalog: facts.catalog, graph: facts.graph)
        life.index = facts.index
        return picture("its life", life.render)
    }

    /// A picture, or a line that says why there is none: one that is too large is no reason to have no site.
    private func picture(_ what: String, _ render: () throws(DiagramFailure) -> String) -> [String] {
        do throws(DiagramFailure) { return fenced(try render()) } catch {
            return ["(No picture of \(what): \(error.sentence(of: "it")).)", ""]
        }
    }
}

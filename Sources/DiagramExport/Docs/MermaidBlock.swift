import CatalogModel
import FlowMatching
import TraceModel

/// The diagram that a `flowglass:mermaid` marker asks for.
struct MermaidBlock {
    private(set) var text = ""
    private(set) var problem: DocumentMarker.Problem?

    init(_ marker: DocumentMarker, _ system: ExportedSystem) throws(DiagramFailure) {
        var reader = OptionReader(marker)
        let settings = reader.settings(system)
        problem = reader.problem
        guard problem == nil else { return }
        let files = try MermaidExport().export(system, settings)
        // Of a divided system, a document shows the overview.
        text = (files.first { $0.path == "overview.mmd" } ?? files.first)?.text ?? ""
    }
}

/// Reads the options of a marker; remembers the first that is wrong.
private struct OptionReader {
    private let marker: DocumentMarker
    private(set) var problem: DocumentMarker.Problem?

    init(_ marker: DocumentMarker) { self.marker = marker }

    mutating func settings(_ system: ExportedSystem) -> ExportSettings {
        var settings = ExportSettings()
        settings.title = marker.options["title"] ?? ""
        settings.direction = choice("direction", MermaidFlowchart.Direction.self) ?? .leftToRight
        settings.frames = choice("frames", DiagramFrames.self) ?? .both
        settings.hasLegend = choice("legend", Switch.self) != .no
        // GitHub, where most documents are read, does not follow links in diagrams.
        settings.hasLinks = choice("links", Switch.self) == .yes
        settings.maximumNodes = max(4, count("max-nodes") ?? MermaidAtlas.defaultMaximumNodes)
        let chosen = ["focus", "domain", "flow", "impact", "life"].filter { marker.options[$0] != nil }
        if chosen.count > 1 {
            fail("\(chosen.map { "'\($0)'" }.joined(separator: " and ")) are different diagrams", "choose one")
        }
        if let name = marker.options["focus"] {
            settings.scope = .focus(
                name, depth: min(100, count("depth") ?? 1), toward: choice("toward", WalkDirection.self) ?? .both)
        }
        if let name = marker.options["domain"] { settings.scope = .domain(name) }
        if let name = marker.options["life"] { settings.picture = .life(name) }
        if let name = marker.options["impact"] {
            if let node = system.catalog.nodes(named: name).first {
                settings.scope = .blastRadius(node)
            } else {
                fail("nothing is called '\(name)'", "unknown")
            }
        }
        if let name = marker.options["flow"] {
            settings.scope = .flow(name)
            if choice("as", FlowPicture.self) != .flowchart { settings.picture = .sequence(flow: name) }
        }
        return settings
    }

    private enum Switch: String, CaseIterable { case yes, no }
    private enum FlowPicture: String, CaseIterable { case sequence, flowchart }

    private mutating func choice<Value>(_ key: String, _ type: Value.Type) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        guard let text = marker.options[key] else { return nil }
        if let value = Value(rawValue: text) { return value }
        let values = Value.allCases.map(\.rawValue).joined(separator: ", ")
        fail("'\(key)' must be one of \(values), and '\(text)' is not", "not one of them")
        return nil
    }

    private mutating func count(_ key: String) -> Int? {
        guard let text = marker.options[key] else { return nil }
        if let value = Int(text), value >= 0 { return value }
        fail("'\(key)' must be a whole number, and '\(text)' is not", "not a number")
        return nil
    }

    private mutating func fail(_ message: String, _ label: String) {
        if problem == nil { problem = DocumentMarker.Problem(message: message, label: label, help: nil) }
    }
}

import ArgumentParser
import CatalogModel
import Foundation
import SourceDiagnostics

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "A catalog file from another tool's documents.",
        discussion: """
            Comments in the file say what could not be carried over. AsyncAPI documents may also stand in a catalog as \
            they are: import them to leave AsyncAPI behind.

            EXAMPLES
              flowglass import asyncapi services/*.yaml > catalog/imported.yaml
              flowglass import eventcatalog my-eventcatalog/ --output catalog/imported.yaml
            """)

    enum Source: String, CaseIterable, ExpressibleByArgument { case asyncapi, eventcatalog }

    @Argument(help: "asyncapi or eventcatalog.")
    var source: Source

    @Argument(help: "Files and folders.")
    var paths: [String]

    @Option(help: ArgumentHelp("Write into a file that is not there yet.", valueName: "file"))
    var output: String?

    func run() throws {
        let imported =
            switch source {
            case .asyncapi: try asyncAPI()
            case .eventcatalog: try eventCatalog()
            }
        let catalog = imported.catalog
        guard !catalog.services.isEmpty || !catalog.channels.isEmpty else {
            throw CommandFailure(
                "nothing in \(paths.joined(separator: ", ")) describes a service or a channel of \(source.rawValue)")
        }
        let text = CatalogFile(imported, header: ["Imported from \(source.rawValue) by flowglass import."]).text
        if let output {
            try Files.create(text, at: output)
        } else {
            Output.write(text)
        }
        Talk.note(
            [
                counted(catalog.services.count, "service"), counted(catalog.channels.count, "channel"),
                counted(catalog.messages.count, "message"), counted(catalog.flows.count, "flow"),
            ].joined(separator: ", ") + "; what could not be carried over stands in comments")
    }

    private func asyncAPI() throws -> ImportedCatalog {
        let loaded: LoadedCatalog
        do throws(CatalogLoadError) { loaded = try loadCatalog(at: paths) } catch { throw CommandFailure(error) }
        let errors = loaded.diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty {
            let report = Report(
                diagnostics: errors, sources: loaded.sources, filesChecked: loaded.filesChecked, rules: [],
                toolVersion: Flowglass.version)
            Talk.write(TextReport(usesColor: false).render(report))
        }
        return AsyncAPIImporter.read(loaded)
    }

    private func eventCatalog() throws -> ImportedCatalog {
        var files: [(path: String, text: String)] = []
        for path in paths {
            guard FileManager.default.fileExists(atPath: path) else {
                throw CommandFailure("cannot read \(path): no such file or folder")
            }
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
                let bytes = try Files.read(path)
                files.append((path, String(decoding: bytes, as: UTF8.self)))
                continue
            }
            for name in filesOfAuthors(below: path, withSuffixes: [".mdx", ".md"]) {
                guard let bytes = FileManager.default.contents(atPath: path + "/" + name) else { continue }
                files.append((name, String(decoding: bytes, as: UTF8.self)))
            }
        }
        return EventCatalogImporter.read(files)
    }
}

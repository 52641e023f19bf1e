import ArgumentParser
import CatalogLint
import CatalogModel
import DiagramExport
import FlowMatching
import Foundation
import SourceDiagnostics
import TraceModel
import TraceStore

struct DocsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Keep the diagrams and tables in Markdown files up to date.",
        discussion: """
            What stands between two markers is replaced; everything else stays as it is.

              <!-- flowglass:mermaid focus=order.completed depth=2 -->
              <!-- /flowglass -->

            MARKERS
              mermaid   focus=NAME depth=N toward=downstream, domain=NAME,
                        flow=NAME as=flowchart, impact=NAME, life=NAME;
                        title= direction=LR|TD frames=both|brokers|domains|none
                        legend=no links=yes max-nodes=N
              table     of=services|channels|topics|queues|messages|flows|calls|edges,
                        domain= owner=
              owners    who owns what
              show      name=NAME, all that is known of it
              rules     the lint rules

            Values with blanks stand in quotes: title="Around the order". Exit code 1 when --check finds a file that \
            is not up to date, or a marker is wrong. Of a folder, what is below folders named .NAME or node_modules \
            is left out; a file that is named is always read.

            EXAMPLES
              flowglass docs README.md docs/
              flowglass docs --check README.md          for CI: prints the difference
            """)

    @Argument(help: "Markdown files, and folders with some.")
    var paths: [String]

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions

    @Flag(help: "Write nothing; print what would change, with exit code 1 where something would.")
    var check = false

    func run() throws {
        let catalog = try catalog.loadWithWarning(isNeeded: true)
        let observed =
            store.store == nil ? [] : try commandResult { try store.reader(catalog).edges(.all, now: currentTime()) }
        let system = ExportedSystem(catalog: catalog, graph: FlowGraph(catalog: catalog, observed: observed))
        let blocks = DocumentBlocks(system, rules: Self.rules)
        var problems: [Diagnostic] = []
        var sources: [SourceFile] = []
        var stale = 0
        var documents = 0
        for path in try Self.files(paths) {
            let text = try Self.text(of: path)
            let document = MarkedDocument(path: path, text: text)
            let (fresh, wrong) = blocks.refresh(document)
            problems += wrong
            if !wrong.isEmpty { sources.append(document.source) }
            if document.hasBlocks { documents += 1 }
            guard fresh != text else { continue }
            stale += 1
            if check {
                Output.write(patchText([(document.source, SourceFile(path: path, text: fresh))]))
            } else {
                try ExportFolder.write(fresh, to: path)
                Output.write(path + "\n")
            }
        }
        if !problems.isEmpty {
            let report = Report(
                diagnostics: problems, sources: sources, filesChecked: documents, rules: [],
                toolVersion: Flowglass.version)
            Talk.write(TextReport(explains: false).render(report))
            throw ExitCode(1)
        }
        if documents == 0 { Talk.note("no file has a marker: see 'flowglass docs --help'") }
        if check, stale > 0 {
            Talk.note(
                "\(stale) file\(stale == 1 ? " is" : "s are") not up to date: run 'flowglass docs' without --check")
            throw ExitCode(1)
        }
    }

    /// Files as they are named; of folders all Markdown files below them, in path order.
    private static func files(_ paths: [String]) throws -> [String] {
        var files: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandFailure("cannot read \(path): no such file or folder")
            }
            guard isFolder.boolValue else {
                files.append(path)
                continue
            }
            files += filesOfAuthors(below: path, withSuffixes: [".md", ".markdown", ".mdx"])
                .map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
        }
        var seen: Set<String> = []
        return files.filter { seen.insert($0).inserted }
    }

    private static func text(of path: String) throws -> String {
        guard let text = String(validating: try Files.read(path), as: UTF8.self) else {
            throw CommandFailure("\(path) is not UTF-8, and stays as it is")
        }
        return text
    }

    private static var rules: String {
        let rows = allRules.map { "| `\($0.name)` | \($0.severity?.rawValue ?? "off") | \($0.summary) |" }
        return (["| Rule | Severity | Finds |", "| --- | --- | --- |"] + rows).joined(separator: "\n")
    }
}

import ArgumentParser
import CatalogDiff
import CatalogModel
import SourceDiagnostics

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What changed between two catalogs, and which changes break whom.",
        discussion: """
            OLD and NEW are folders, files, or commits: main, HEAD~3, v1.2:docs/catalog. Without NEW, the catalog of \
            the working folder is compared with OLD.

            A change is breaking when somebody who did nothing stops working or no longer gets what they say they \
            need, risky when a promise is weaker, and safe otherwise.

            EXAMPLES
              flowglass diff main                               what is here against main
              flowglass diff v1.2 HEAD --fail-on breaking       for CI
              flowglass diff main:catalog HEAD:docs/catalog     the catalog has moved
              flowglass diff old/ new/ --json | jq -r '.changes[].kind'
              flowglass diff main --format markdown > note.md   for a merge request
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }
    enum FailOn: String, ExpressibleByArgument, CaseIterable { case breaking, risky, any }

    @Argument(help: ArgumentHelp("The catalog before: a folder, a file, or a commit.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The catalog after (default: the working folder's).", valueName: "new"))
    var new: String?

    @Option(help: ArgumentHelp("text, json or markdown.", valueName: "format"))
    var format = Format.text

    @Option(
        help: ArgumentHelp("Exit with 1 when a change is at least this: breaking, risky, any.", valueName: "impact"))
    var failOn: FailOn?

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: JSONOptions

    func run() throws {
        let path = catalog.catalog ?? CatalogOptions.defaultPath
        let before = try DiffSide.named(old, catalog: path)
        let after = try new.map { try DiffSide.named($0, catalog: path) } ?? DiffSide.folder(path)
        try Self.refuseUnreadable(before, after)
        let comparison = CatalogComparison(from: before.side, to: after.side)
        switch output.json ? .json : format {
        case .text: Output.write(DiffText(comparison: comparison, usesColor: Output.usesColor).text)
        case .json: Output.json(comparison.json)
        case .markdown: Output.write(DiffMarkdown(comparison: comparison).text)
        }
        let isTooBad =
            switch failOn {
            case .breaking: comparison.count(of: .breaking) > 0
            case .risky: comparison.changes.contains { $0.impact <= .risky }
            case .any: !comparison.changes.isEmpty
            case nil: false
            }
        if isTooBad { throw ExitCode(1) }
    }

    /// What a syntax error hides would look removed or added: nothing is compared then.
    private static func refuseUnreadable(_ before: DiffSide, _ after: DiffSide) throws {
        for (side, word) in [(before, "old"), (after, "new")] {
            let broken = side.loaded.diagnostics.filter { $0.rule == "syntax-error" && $0.severity == .error }
            let errors = side.loaded.diagnostics.count { $0.severity == .error }
            if !broken.isEmpty {
                Talk.write(
                    TextReport().render(
                        Report(
                            diagnostics: broken, sources: side.loaded.sources, filesChecked: side.loaded.filesChecked)))
                throw CommandFailure("the \(word) catalog cannot be read in full, so nothing is compared")
            }
            if errors > 0 {
                Talk.note(
                    "the \(word) catalog has \(counted(errors, "error")); what could be read is compared")
            }
        }
    }
}

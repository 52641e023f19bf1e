import ArgumentParser
import CatalogLint
import Foundation
import LanguageServer
import SourceDiagnostics

struct LSPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp",
        abstract: "A language server for catalogs, on standard input and output.",
        discussion: """
            An editor starts it: findings while you type, hover, completion, go to definition, references, rename. \
            Documentation/Editors.md has the set-up of VS Code, Neovim, Helix and Emacs. The catalog is the folder \
            `catalog` of the workspace unless --catalog or initializationOptions.catalog names another.

            EXAMPLES
              flowglass lsp                           as an editor starts it
              flowglass lsp --catalog docs/catalog    a catalog elsewhere
            """)

    @OptionGroup var catalog: CatalogOptions

    @Flag(help: ArgumentHelp("Standard input and output: what it always uses.", visibility: .hidden))
    var stdio = false

    func run() throws {
        let settings = LanguageServerSettings(
            version: Flowglass.version, catalog: catalog.catalog,
            workingFolder: FileManager.default.currentDirectoryPath,
            exists: { FileManager.default.fileExists(atPath: $0.isEmpty ? "." : $0) })
        let code = LanguageServerLoop(settings: settings).run()
        if code != 0 { throw ExitCode(code) }
    }
}

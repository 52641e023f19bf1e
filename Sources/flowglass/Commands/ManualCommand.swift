import ArgumentParser
import CatalogModel
import Foundation
import SourceDiagnostics

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "The manual of the commands, as man pages or as Markdown.",
        discussion: """
            The pages carry the day that SOURCE_DATE_EPOCH says (seconds since 1970), or today.

            EXAMPLES
              flowglass manual lint | man -l -
              flowglass manual --output /usr/local/share/man/man1
              flowglass manual --markdown > Documentation/Commands.md
              flowglass manual --keys > Documentation/CatalogKeys.md
            """)

    @Argument(
        help: ArgumentHelp("The command (default: flowglass itself).", valueName: "command"),
        completion: .custom { _, _, _ in (try? CommandReference.program().all.dropFirst().map(\.commandName)) ?? [] })
    var name: String?

    @Option(
        help: ArgumentHelp("Write every command's page into a folder.", valueName: "folder"), completion: .directory)
    var output: String?

    @Flag(help: "Every command on one page of Markdown.")
    var markdown = false

    @Flag(help: "Every key of the catalog language, as Markdown.")
    var keys = false

    func validate() throws {
        guard [name != nil, output != nil, markdown, keys].count(where: { $0 }) <= 1 else {
            throw ValidationError(
                "a command, --output, --markdown and --keys are different things to write: choose one")
        }
    }

    func run() throws {
        if keys { return Output.write(catalogKeysDocument()) }
        let program = try CommandReference.program()
        if markdown { return Output.write(commandsDocument(program)) }
        let pages = program.all.map {
            ManualPage(command: $0, all: program.all, version: Flowglass.version, date: Self.date)
        }
        if let output { return try Self.write(pages, into: output) }
        let wanted = name ?? program.commandName
        guard let page = pages.first(where: { $0.command.commandName == wanted }) else {
            throw CommandFailure.usage(
                "there is no command '\(wanted)'"
                    + suggestion(for: wanted, among: program.all.map(\.commandName)))
        }
        Output.write(page.text)
    }

    private static func write(_ pages: [ManualPage], into folder: String) throws {
        for page in pages { try Files.replace(Files.withoutSlash(folder) + "/" + page.fileName, with: page.text) }
        Talk.note("\(counted(pages.count, "page")) in \(folder)")
    }

    /// The same for the same sources (https://reproducible-builds.org/specs/source-date-epoch/).
    private static var date: String {
        let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init)
        let moment = epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()
        return moment.formatted(.iso8601.year().month().day())
    }
}

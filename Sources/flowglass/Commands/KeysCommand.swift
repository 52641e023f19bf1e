import ArgumentParser
import Dashboard
import TerminalText

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "The keys of the dashboard, with what a configuration changed.",
        discussion: """
            EXAMPLES
              flowglass keys                 by what is in front
              flowglass keys | grep window   which key changes the window?
              flowglass keys --markdown      the page Documentation/Keys.md
            """)

    @Flag(help: "As Markdown, without a configuration: Documentation/Keys.md.")
    var markdown = false

    @OptionGroup var screen: ScreenOptions

    func run() throws {
        if markdown { return Output.write(KeyReference.markdown) }
        var settings = DashboardSettings()
        settings.apply(try screen.load())
        var context = ""
        for row in KeyReference.rows(settings) {
            if row.context != context {
                Output.write((context.isEmpty ? "" : "\n") + row.context + "\n")
                context = row.context
            }
            Output.write("  \(padded(row.keys, to: 18)) \(padded(row.name, to: 18)) \(row.help)\n")
        }
    }
}

import ArgumentParser

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Completions for bash, zsh or fish: commands, options, rules, and the names in your catalog.",
        discussion: """
            EXAMPLES
              source <(flowglass completions bash)                    here, or in ~/.bashrc
              flowglass completions zsh > ~/.zfunc/_flowglass         in a folder of $fpath
              flowglass completions fish > ~/.config/fish/completions/flowglass.fish
            """)

    enum Shell: String, CaseIterable, ExpressibleByArgument { case bash, fish, zsh }

    @Argument(help: "bash, fish or zsh.")
    var shell: Shell

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell.rawValue) else {
            throw CommandFailure("there are no completions for \(shell.rawValue)")
        }
        Output.write(Flowglass.completionScript(for: shell) + "\n")
    }
}

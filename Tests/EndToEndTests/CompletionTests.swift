import Foundation
import Testing

/// Completions as they are used: in each shell on a terminal, with the tabulator.
@Suite(.serialized) struct CompletionTests {
    enum Shell: String, CaseIterable, Sendable {
        case bash, fish, zsh

        var path: String? {
            ["/bin/", "/usr/bin/"].map { $0 + rawValue }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }

        var arguments: [String] {
            switch self {
            case .bash: ["--noprofile", "--norc", "-i"]
            case .fish: ["--no-config", "--interactive"]
            case .zsh: ["-f", "-i"]
            }
        }

        /// What people are told to do to install them.
        var setup: String {
            switch self {
            case .bash: "source <(flowglass completions bash)"
            case .fish: "flowglass completions fish | source"
            case .zsh:
                "mkdir f; flowglass completions zsh > f/_flowglass; fpath=($PWD/f $fpath); autoload -U compinit; compinit -u -D"
            }
        }
    }

    static let words: [(begun: String, completed: String)] = [
        ("flowglass reind", "flowglass reindex"),
        ("flowglass explain lossy", "flowglass explain lossy-channel"),
        ("flowglass lint --select missing-owner,lossy", "--select missing-owner,lossy-channel"),
        ("flowglass show notification-r", "flowglass show notification-refunds"),
        ("flowglass export --catalog 다른.yaml --focus 주문.완", "--focus 주문.완료"),
        ("flowglass lint --fail-on w", "--fail-on warning"),
    ]

    @Test(arguments: Shell.allCases.filter { $0.path != nil })
    func `begun words are completed`(shell: Shell) async throws {
        let scratch = try ScratchFolder()
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: scratch.path + "/flowglass", withDestinationPath: BuiltProduct.path("flowglass"))
        try files.copyItem(atPath: Program.repository + "/catalog", toPath: scratch.path + "/catalog")
        try Data("topics:\n  주문.완료: { broker: kafka }\n".utf8)
            .write(to: URL(fileURLWithPath: scratch.path + "/다른.yaml"))
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let terminal = try PseudoTerminal.spawn(
            try #require(shell.path), arguments: shell.arguments,
            environment: ["HOME": scratch.path, "PATH": scratch.path + ":" + path, "LC_ALL": "C.UTF-8"],
            columns: 200, directory: scratch.path)
        try await terminal.waitForQuiet()
        terminal.send(shell.setup + "; echo rea''dy\r")
        try await terminal.waitFor("the shell") { $0.contains("ready") }
        for words in Self.words {
            terminal.send(words.begun + "\t")
            try await terminal.waitFor(words.completed) { $0.contains(words.completed) }
            // Discards the line. Ctrl-C would be a signal, which a busy shell may take after what is typed next.
            terminal.send("\u{15}")
        }
    }

    @Test func `without a catalog there is nothing to complete, and nothing is said`() async throws {
        let scratch = try ScratchFolder()
        let words = ["---completion", "show", "--", "positional@0", "2", "0", "flowglass", "show", ""]
        let result = try await Program.run(
            words, in: scratch.path, environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"])
        #expect(result.status == 0 && result.errors.isEmpty)
        #expect(result.output.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty)
    }
}

import ArgumentParser
import Foundation

/// The command line: which commands there are.
struct Flowglass: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "flowglass",
        abstract: "Who publishes this event, who subscribes, and is that what is happening right now?",
        discussion: """
            Without a command: the dashboard over CATALOG (default ./catalog), with a collector on 127.0.0.1:4318, \
            or attached to the collector that already uses the store.

            EXAMPLES
              flowglass demo                        the dashboard over a demo system
              flowglass                             the dashboard over ./catalog
              flowglass lint catalog                findings, for CI
              flowglass show order.completed        who publishes, who subscribes
              flowglass export --focus order        a Mermaid diagram
            """,
        version: version,
        subcommands: [
            CollectCommand.self,
            CompletionsCommand.self,
            DemoCommand.self,
            DiffCommand.self,
            DiscoverCommand.self,
            DocsCommand.self,
            DoctorCommand.self,
            DriftCommand.self,
            EdgesCommand.self,
            ExplainCommand.self,
            ExportCommand.self,
            ImpactCommand.self,
            ImportCommand.self,
            InitCommand.self,
            KeysCommand.self,
            LintCommand.self,
            ListCommand.self,
            LSPCommand.self,
            ManualCommand.self,
            ReindexCommand.self,
            SchemaCommand.self,
            ShowCommand.self,
            TraceCommand.self,
            TracesCommand.self,
            VerifyCommand.self,
            DashboardCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self)

    static var commandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }

    /// `help NAME` of a command that is not there would show the help of all.
    static func checkHelp(_ arguments: [String]) throws {
        guard arguments.count > 1, arguments[0] == "help", !arguments[1].hasPrefix("-"),
            !(commandNames + ["help"]).contains(arguments[1])
        else { return }
        throw CommandFailure.usage(
            "there is no command '\(arguments[1])'" + suggestion(for: arguments[1], among: commandNames))
    }
}

@main
enum Main {
    /// Exit codes: 0 fine, 1 findings, 2 usage, 3 could not do the work.
    static func main() {
        // Whoever starts the program may have blocked signals in the thread it did so from, and the program inherits
        // that: it could then not be ended.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        // A reader that has seen enough (`| head`) ends the program quietly.
        signal(SIGPIPE, SIG_IGN)
        fillStandardDescriptors()
        let code = run()
        if let failure = Output.failure {
            Talk.note(failure.message)
            exit(failure.code)
        }
        exit(code)
    }

    private static func run() -> Int32 {
        do {
            try Flowglass.checkHelp(Array(CommandLine.arguments.dropFirst()))
            var command = try Flowglass.parseAsRoot()
            try command.run()
            return 0
        } catch let failure as CommandFailure {
            Talk.note(failure.message)
            return failure.code
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            let isAsked = Flowglass.exitCode(for: error).isSuccess
            let text = Flowglass.fullMessage(for: error)
            if isAsked { Output.write(text + "\n") } else { Talk.write(text + "\n") }
            return isAsked ? 0 : 2
        }
    }

    /// Where standard input, output or errors are closed, the next file opened would take their place, and what is
    /// printed would go into a store. Opened for reading only: what is written there fails, and is told.
    private static func fillStandardDescriptors() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", O_RDONLY) }
    }
}

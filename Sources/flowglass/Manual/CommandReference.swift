import ArgumentParser
import Foundation

/// A command as its declaration describes it: what the manual is written from.
///
/// Read from the argument parser's own description of the program (`--experimental-dump-help`, version 0), so that no
/// option can be missing.
struct CommandReference: Decodable {
    struct Argument: Decodable {
        enum Kind: String, Decodable { case positional, option, flag }

        struct Name: Decodable {
            var kind: String
            var name: String
            /// `--format`, `-f`
            var spelling: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: Kind
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var allValues: [String]?
        var abstract: String?
        var discussion: String?

        /// Short names first, as in the help.
        var spellings: [String] { (names ?? []).sorted { $0.name.count < $1.name.count }.map(\.spelling) }

        /// A default that the description does not give already, as `Default: 50.`
        var defaultSentence: String? {
            guard let defaultValue, abstract?.contains("(default:") != true else { return nil }
            return "Default: \(defaultValue)."
        }

        /// Values that the description does not give already.
        var valuesSentence: String? {
            guard let allValues, !allValues.allSatisfy({ (abstract ?? "").contains($0) }) else { return nil }
            return "One of: \(allValues.joined(separator: ", "))."
        }
    }

    var commandName: String
    var superCommands: [String]?
    var shouldDisplay: Bool
    var abstract: String?
    var discussion: String?
    var subcommands: [CommandReference]?
    var arguments: [Argument]?

    /// `flowglass lint`
    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// The name of its manual page, as Git's and Cargo's are named: `flowglass-lint`.
    var pageName: String { ((superCommands ?? []) + [commandName]).joined(separator: "-") }

    /// What its help shows.
    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
    var shownSubcommands: [CommandReference] {
        (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }.sorted {
            $0.commandName < $1.commandName
        }
    }

    /// Itself, and all commands below it, in the alphabet's order.
    var all: [CommandReference] { [self] + shownSubcommands.flatMap(\.all) }

    /// `[OPTIONS] [PATH...]`, or `COMMAND` where there are commands below it.
    var usage: [String] {
        var words: [String] = []
        if shownArguments.contains(where: { $0.kind != .positional }) { words.append("[OPTIONS]") }
        if !shownSubcommands.isEmpty { words.append("[COMMAND]") }
        for argument in shownArguments where argument.kind == .positional {
            let name = (argument.valueName ?? "value").uppercased() + (argument.isRepeating ? "..." : "")
            words.append(argument.isOptional ? "[\(name)]" : name)
        }
        return words
    }

    /// The program.
    static func program() throws -> CommandReference {
        struct Dump: Decodable { var command: CommandReference }
        return try JSONDecoder().decode(Dump.self, from: Data(Flowglass._dumpHelp().utf8)).command
    }
}

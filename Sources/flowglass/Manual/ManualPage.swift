import Dashboard

/// A command's page of the manual, in the language of man(7).
struct ManualPage {
    var command: CommandReference
    /// The pages that belong together, for SEE ALSO.
    var all: [CommandReference]
    var version: String
    /// `2026-01-15`
    var date: String

    var fileName: String { command.pageName + ".1" }

    var text: String {
        var lines = [
            ".TH \(roffText(command.pageName.uppercased())) 1 \(date) \"flowglass \(version)\" \"Flowglass Manual\"",
            ".SH NAME", roffText(command.pageName) + " \\-",
        ]
        lines += roffLines(command.abstract ?? "")
        lines += [".SH SYNOPSIS", ".B " + roffText(command.path), roffText(command.usage.joined(separator: " "))]
        lines += description
        lines += options("ARGUMENTS", command.shownArguments.filter { $0.kind == .positional })
        lines += options("OPTIONS", command.shownArguments.filter { $0.kind != .positional })
        lines += commands
        if ["dashboard", "keys"].contains(command.commandName) { lines += Self.keys }
        lines += list("EXIT STATUS", ManualFacts.exitStatus)
        if command.superCommands == nil {
            lines += list("ENVIRONMENT", ManualFacts.environment) + list("FILES", ManualFacts.files)
        }
        let others = all.map(\.pageName).filter { $0 != command.pageName }
        lines += [".SH SEE ALSO"]
        lines += others.enumerated().map { index, name in
            ".BR \(roffText(name)) (1)" + (index < others.count - 1 ? "," : "")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The keys of the dashboard, by what is in front.
    private static var keys: [String] {
        var lines = [".SH KEYS"]
        var context = ""
        for row in KeyReference.rows(DashboardSettings()) {
            if row.context != context { lines.append(".SS " + roffText(row.context)) }
            context = row.context
            lines += [".TP", "\\fB\(roffText(row.keys))\\fR"] + roffLines("\(row.help) (\(row.name))")
        }
        return lines
    }

    /// The help's text; its titles are sections.
    private var description: [String] {
        var lines: [String] = []
        var isFirst = true
        for part in HelpText(command.discussion ?? "").parts {
            if isFirst {
                if case .title = part {} else { lines.append(".SH DESCRIPTION") }
            }
            switch part {
            case .paragraph(let text):
                if lines.last != ".SH DESCRIPTION" { lines.append(".PP") }
                lines += roffLines(text)
            case .title(let title): lines.append(".SH " + roffText(title))
            case .lines(let literal):
                lines += [".RS 4", ".nf"] + literal.map { $0.isEmpty ? "\\&" : roffText($0) } + [".fi", ".RE"]
            }
            isFirst = false
        }
        return lines
    }

    private func options(_ title: String, _ arguments: [CommandReference.Argument]) -> [String] {
        if arguments.isEmpty { return [] }
        return [".SH " + title]
            + arguments.flatMap { argument in
                var heading = argument.spellings.map { "\\fB\(roffText($0))\\fR" }.joined(separator: ", ")
                if argument.kind != .flag {
                    heading += (heading.isEmpty ? "" : " ") + "\\fI\(roffText(argument.valueName ?? "value"))\\fR"
                }
                let sentences = [
                    argument.abstract, argument.valuesSentence, argument.defaultSentence, argument.discussion,
                ]
                return [".TP", heading] + sentences.compactMap { $0 }.flatMap(roffLines)
            }
    }

    private var commands: [String] {
        if command.shownSubcommands.isEmpty { return [] }
        return [".SH COMMANDS"]
            + command.shownSubcommands.flatMap {
                [".TP", ".BR \(roffText($0.pageName)) (1)"] + roffLines($0.abstract ?? "")
            }
    }

    private func list(_ title: String, _ entries: [(String, String)]) -> [String] {
        [".SH " + title] + entries.flatMap { [".TP", ".B " + roffText($0)] + roffLines($1) }
    }
}

/// What is true of every command, and so said in one place.
enum ManualFacts {
    static let exitStatus = [
        ("0", "Fine."), ("1", "There are findings."), ("2", "The command was not used as it is meant to be."),
        ("3", "The work could not be done; standard error says why, and what to do."),
    ]

    static let environment = [
        ("XDG_STATE_HOME", "Where the store is kept, in the folder flowglass; ~/.local/state where it is not set."),
        ("VISUAL, EDITOR", "The editor that the dashboard opens a catalog file in."),
        ("NO_COLOR", "No colour, where it is set to anything."),
    ]

    static let files = [
        ("catalog/", "The catalog, where no other is named."),
        ("$XDG_CONFIG_HOME/flowglass/config.yaml", "The configuration of the dashboard."),
        ("$XDG_STATE_HOME/flowglass/spans.db", "The store of spans, where no other is named."),
    ]
}

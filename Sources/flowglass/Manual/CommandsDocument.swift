/// Documentation/Commands.md: every command with its arguments and options.
func commandsDocument(_ program: CommandReference) -> String {
    var lines = [
        "# Commands", "",
        "Generated from the program: `make docs` writes it anew. Each command has `--help`, and a manual page",
        "(`man flowglass-lint`) where Flowglass is installed.", "",
        "| command | |", "| --- | --- |",
    ]
    lines += program.shownSubcommands.map {
        "| [`\($0.path)`](#\($0.pageName)) | \(markdownCell($0.abstract ?? "")) |"
    }
    lines += ["", "| exit status | |", "| --- | --- |"]
    lines += ManualFacts.exitStatus.map { "| \($0) | \(markdownCell($1)) |" }
    for command in program.all { lines += [""] + section(command) }
    return lines.joined(separator: "\n") + "\n"
}

private func section(_ command: CommandReference) -> [String] {
    var lines = ["## \(command.pageName)", "", command.abstract ?? "", "", "```"]
    lines += [([command.path] + command.usage).joined(separator: " "), "```"]
    for part in HelpText(command.discussion ?? "").parts {
        switch part {
        case .paragraph(let text): lines += ["", text]
        case .title(let title): lines += ["", "**\(title.prefix(1) + title.dropFirst().lowercased())**"]
        case .lines(let literal): lines += ["", "```sh"] + literal.map(commented) + ["```"]
        }
    }
    let arguments = command.shownArguments.filter { $0.spellings != ["--version"] && !$0.spellings.contains("--help") }
    if !arguments.isEmpty {
        lines += ["", "| argument | |", "| --- | --- |"]
        lines += arguments.map { argument in
            var words = argument.spellings
            if argument.kind != .flag { words.append((argument.valueName ?? "value").uppercased()) }
            let sentences = [argument.abstract, argument.valuesSentence, argument.defaultSentence, argument.discussion]
            return "| `\(words.joined(separator: " "))` | "
                + markdownCell(sentences.compactMap { $0 }.joined(separator: " ")) + " |"
        }
    }
    return lines
}

/// An example and the words beside it, after two blanks, as a command and a comment.
private func commented(_ line: String) -> String {
    guard line.hasPrefix("flowglass"), let gap = line.firstRange(of: "  ") else { return line }
    let words = line[gap.upperBound...].drop { $0 == " " }
    guard !words.isEmpty, !words.hasPrefix("#") else { return line }
    return line[..<words.startIndex] + "# " + words
}

private func markdownCell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ").replacing("<", with: "&lt;")
}

/// What a Markdown document tells its reader to do at a prompt, in the order of reading.
///
///     ```yaml file=catalog/orders.yaml        a file to write
///     ```console                              commands after `$ `, what they print below them
///     <!-- console … -->                      commands that the reader does not see
struct ConsoleDocument {
    struct Command: Equatable {
        var text: String
        /// The line of the document that it is on, counted from 1.
        var line: Int
        /// What the document says that it prints; `…` stands for what is left out.
        var expected: [String] = []
        /// Nothing that it prints is compared; it must succeed.
        var isHidden = false
    }

    enum Step: Equatable {
        case file(path: String, text: String)
        case command(Command)
    }

    var steps: [Step] = []

    var commands: [Command] {
        steps.compactMap { if case .command(let command) = $0 { command } else { nil } }
    }

    init(_ markdown: String) {
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < lines.count {
            let opening = lines[index]
            let first = index + 1
            guard let end = Self.closing(of: opening) else {
                index += 1
                continue
            }
            index = lines[first...].firstIndex { $0.hasSuffix(end) && $0.allSatisfy(end.contains) } ?? lines.count
            let content = Array(lines[first..<index])
            let info = opening.drop { $0 == "`" }.split(separator: " ")
            if opening.hasPrefix("<!--") {
                read(content, from: first + 1, isHidden: true)
            } else if let path = info.first(where: { $0.hasPrefix("file=") }) {
                steps.append(.file(path: String(path.dropFirst(5)), text: content.map { $0 + "\n" }.joined()))
            } else if info.first == "console" {
                read(content, from: first + 1, isHidden: false)
            }
            index += 1
        }
    }

    /// What ends the block that a line opens; nil where it opens none.
    private static func closing(of line: String) -> String? {
        if line == "<!-- console" { return "-->" }
        return line.hasPrefix("```") ? String(line.prefix { $0 == "`" }) : nil
    }

    private mutating func read(_ content: [String], from firstLine: Int, isHidden: Bool) {
        var command: Command?
        for (offset, line) in content.enumerated() {
            if let text = command?.text, text.hasSuffix("\\") {
                command?.text = text + "\n" + line
            } else if line.hasPrefix("$ ") {
                if let command { steps.append(.command(command)) }
                command = Command(text: String(line.dropFirst(2)), line: firstLine + offset, isHidden: isHidden)
            } else {
                command?.expected.append(line)
            }
        }
        if let command { steps.append(.command(command)) }
    }
}

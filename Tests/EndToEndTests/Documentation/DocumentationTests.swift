import Foundation
import Testing

/// Every command that the documents show is run, and what it prints is what they say.
///
/// `FLOWGLASS_ACCEPT=1 swift test --filter DocumentationTests` writes what is printed now into the documents; the run
/// fails all the same, so that nobody accepts without looking.
@Suite struct DocumentationTests {
    /// Documents with commands in them, as paths in the repository.
    static let paths = DocumentFiles.all.filter { !ConsoleDocument(DocumentFiles.text($0)).commands.isEmpty }

    @Test(arguments: paths)
    func `commands print what the document says`(path: String) async throws {
        let text = DocumentFiles.text(path)
        let document = ConsoleDocument(text)
        let commands = document.commands
        let ran = try await ConsoleSession.run(document)
        if ran.count < commands.count {
            Issue.record("\(path):\(commands[ran.count].line): bash ended at '\(commands[ran.count].text)'")
        }
        var accepted: [(command: ConsoleDocument.Command, output: [String])] = []
        for (index, (command, result)) in zip(commands, ran).enumerated() {
            let place = "\(path):\(command.line): '\(command.text)'"
            let showsStatus = commands.indices.contains(index + 1) && commands[index + 1].text == "echo $?"
            if result.status != 0, !showsStatus {
                Issue.record("\(place) gave \(result.status):\n\(result.output.joined(separator: "\n"))")
            }
            if command.isHidden || OutputPattern.matches(command.expected, result.output) { continue }
            accepted.append((command, result.output))
            Issue.record(
                """
                \(place) prints
                \(result.output.joined(separator: "\n"))
                accept it with FLOWGLASS_ACCEPT=1 swift test --filter DocumentationTests
                """)
        }
        if !accepted.isEmpty, ProcessInfo.processInfo.environment["FLOWGLASS_ACCEPT"] == "1" {
            try accept(accepted, in: text).write(
                toFile: Program.repository + "/" + path, atomically: true, encoding: .utf8)
        }
    }

    private func accept(_ outputs: [(command: ConsoleDocument.Command, output: [String])], in text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (command, output) in outputs.reversed() {
            let first = command.line - 1 + command.text.split(separator: "\n").count
            lines.replaceSubrange(
                first..<first + command.expected.count,
                with: OutputPattern.accepting(output, insteadOf: command.expected))
        }
        return lines.joined(separator: "\n")
    }
}

/// The documents of the repository.
enum DocumentFiles {
    /// Those beside the README and those in Documentation/, sorted.
    static let all: [String] = {
        let files = FileManager.default
        let beside = (try? files.contentsOfDirectory(atPath: Program.repository)) ?? []
        let inside = files.enumerator(atPath: Program.repository + "/Documentation")?.compactMap { $0 as? String } ?? []
        return (beside + inside.map { "Documentation/" + $0 }).filter { $0.hasSuffix(".md") }.sorted()
    }()

    static func text(_ path: String) -> String {
        (try? String(contentsOfFile: Program.repository + "/" + path, encoding: .utf8)) ?? ""
    }
}

import ArgumentParser
import Foundation
import Testing

@testable import flowglass

/// Commands that documents only name, because they do not end or need a terminal: the program must understand them.
@Suite struct CommandLinesTests {
    struct Line: Sendable, CustomTestStringConvertible {
        var place: String
        var words: [String]
        var testDescription: String { place + ": flowglass " + words.joined(separator: " ") }
    }

    /// Lines of blocks of commands that begin with `flowglass`, as in `run: flowglass lint | tee report`. Those of
    /// `console` blocks are run; blocks without a language show usage.
    static let lines: [Line] = DocumentFiles.all.flatMap { path in
        var language: Substring?
        var lines: [Line] = []
        let text = DocumentFiles.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in text.enumerated() {
            if line.hasPrefix("```") {
                language = language == nil ? line.drop { $0 == "`" }.prefix { $0 != " " } : nil
            }
            let command = line.drop { $0 == " " || $0 == "-" }.replacing("run: ", with: "", maxReplacements: 1)
            guard ["sh", "yaml", "groovy"].contains(language), command.hasPrefix("flowglass ") else { continue }
            lines.append(Line(place: "\(path):\(index + 1)", words: words(of: command.dropFirst(10))))
        }
        return lines
    }

    @Test(arguments: lines)
    func `a command in a document is one that the program understands`(line: Line) {
        #expect(throws: Never.self, "\(line.testDescription)") { _ = try Flowglass.parseAsRoot(line.words) }
    }

    /// Pieces of catalogs that are shown, and not written to a file. Those of Rules.md are tests of the rules.
    static let pieces: [String] = DocumentFiles.all.filter { !$0.hasSuffix("Rules.md") }.flatMap { path in
        DocumentFiles.text(path).matches(of: /(?ms)^```yaml\n(.*?)^```/).map { String($0.1) }
    }.filter { $0.hasPrefix("conventions:") || $0.hasPrefix("topics:") || $0.hasPrefix("lint:") }

    @Test func `pieces of catalogs are found`() { #expect(Self.pieces.count >= 4) }

    @Test(arguments: pieces)
    func `a piece of a catalog in a document is written in the language`(piece: String) async throws {
        let scratch = try ScratchFolder()
        try piece.write(toFile: scratch.path + "/piece.yaml", atomically: true, encoding: .utf8)
        let rules = "syntax-error,unknown-key,wrong-type,invalid-value,missing-key,duplicate-name"
        let linted = try await Program.run(["lint", "piece.yaml", "--select", rules], in: scratch.path)
        #expect(linted.status == 0, "\(linted.output)")
    }

    @Test func `commands that documents name in passing exist`() {
        let commands = Flowglass.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
        for path in DocumentFiles.all {
            for match in DocumentFiles.text(path).matches(of: /`flowglass ([a-z][a-z-]*)/) {
                #expect(commands.contains(String(match.1)), "\(path) names 'flowglass \(match.1)'")
            }
            for match in DocumentFiles.text(path).matches(of: /(?m)^make ([a-z-]+)/) {
                let makefile = DocumentFiles.text("Makefile")
                #expect(makefile.contains("\n\(match.1):"), "\(path) names 'make \(match.1)'")
            }
        }
    }

    /// The words up to a comment, a pipe or the end of the command; quotes keep words together.
    private static func words(of text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in text {
            switch (quote, character) {
            case (let open?, _) where character == open: quote = nil
            case (.some, _): word = (word ?? "") + String(character)
            case (nil, "'"), (nil, "\""):
                quote = character
                word = word ?? ""
            case (nil, " "):
                if let word { words.append(word) }
                word = nil
            case (nil, "|"), (nil, ">"), (nil, "<"), (nil, ";"), (nil, "&"), (nil, "\\"):
                return words + (word.map { [$0] } ?? [])
            case (nil, "#") where word == nil: return words
            default: word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}

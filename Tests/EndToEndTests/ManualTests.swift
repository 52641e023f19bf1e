import ArgumentParser
import CatalogModel
import Foundation
import Testing

@testable import flowglass

/// The manual: made from the commands, and readable by what reads manuals.
@Suite struct ManualTests {
    @Test func `the page of the commands is up to date`() throws {
        #expect(
            commandsDocument(try CommandReference.program()) == DocumentFiles.text("Documentation/Commands.md"),
            "mend it with: .build/debug/flowglass manual --markdown > Documentation/Commands.md")
    }

    @Test func `the page of the catalog's keys is up to date`() {
        #expect(
            catalogKeysDocument() == DocumentFiles.text("Documentation/CatalogKeys.md"),
            "mend it with: .build/debug/flowglass manual --keys > Documentation/CatalogKeys.md")
    }

    @Test func `every command has a page, which says the same for the same day`() async throws {
        let scratch = try ScratchFolder()
        let environment = ["SOURCE_DATE_EPOCH": "1768467600"]
        let result = try await Program.run(
            ["manual", "--output", "man"], in: scratch.path, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/man").sorted()
        #expect(names == (try CommandReference.program().all.map { $0.pageName + ".1" }.sorted()))
        let one = try await Program.run(["manual", "lint"], environment: environment).output
        #expect(one == (try String(contentsOfFile: scratch.path + "/man/flowglass-lint.1", encoding: .utf8)))
        #expect(one.hasPrefix(".TH FLOWGLASS\\-LINT 1 2026-01-15 \"flowglass \(Flowglass.version)\""))
    }

    /// What is laid out by hand (lines that begin with blanks) stays as it is only where it fits.
    @Test func `no line of a help that is laid out by hand is broken by a terminal of 80 columns`() {
        func check(_ command: any ParsableCommand.Type) {
            let help = Set(Flowglass.helpMessage(for: command, columns: 80).split(separator: "\n"))
            for line in command.configuration.discussion.split(separator: "\n") where line.hasPrefix("  ") {
                #expect(help.contains(line), "\(command): \(line)")
            }
            command.configuration.subcommands.forEach(check)
        }
        check(Flowglass.self)
    }

    @Test(arguments: [["/usr/bin/mandoc", "-Tlint"], ["/usr/bin/groff", "-man", "-ww", "-Tutf8", "-z"]])
    func `readers of manuals have nothing to complain of`(reader: [String]) async throws {
        guard FileManager.default.isExecutableFile(atPath: reader[0]) else { return }
        let scratch = try ScratchFolder()
        #expect(try await Program.run(["manual", "--output", "."], in: scratch.path).status == 0)
        let pages = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
        let result = try await Program.run(program: reader[0], reader.dropFirst() + pages, in: scratch.path)
        #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty, "\(result)")
    }

    @Test func `text of any kind stays text`() {
        #expect(
            roffText(".TH \\n --json 'x' \"y\" ~^`") == "\\&.TH \\en \\-\\-json \\(aqx\\(aq \\(dqy\\(dq \\(ti\\(ha\\(ga"
        )
        #expect(roffText("주문 😀") == "\\[uC8FC]\\[uBB38] \\[u1F600]")
        #expect(roffText("'") == "\\(aq")
        let lines = roffLines(
            "end of a line that is long enough to be folded right here, before the dot of this: .hidden")
        #expect(lines.count == 2 && lines.allSatisfy { $0.utf8.count <= 80 && !$0.hasPrefix(".") })
    }

    @Test func `help is taken apart into paragraphs, titles and lines`() {
        let help = HelpText("Exit code 1\nwhen asked.\n\nEXAMPLES\n  flowglass lint\n    more\n\n  x\nAfter.")
        #expect(
            help.parts == [
                .paragraph("Exit code 1 when asked."), .title("EXAMPLES"),
                .lines(["flowglass lint", "  more", "", "x"]),
                .paragraph("After."),
            ])
        #expect(HelpText("").parts == [])
    }

    @Test func `two things at once are refused`() async throws {
        #expect(try await Program.run(["manual", "lint", "--markdown"]).status == 2)
        #expect(
            try await Program.run(["manual", "lnt"]).errors
                == "flowglass: there is no command 'lnt'\n           did you mean 'lint'?\n")
    }
}

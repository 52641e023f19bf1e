import Foundation
import Testing

/// The runner of the documents itself.
@Suite struct ConsoleDocumentTests {
    private let document = ConsoleDocument(
        """
        Write this:
        ```yaml file=catalog/주문.yaml
        services: {}
        ```
        <!-- console
        $ touch seen
        -->
        ```console
        $ echo one \\
          two
        one two
        $ false
        $ echo $?
        1
        ```
        ```sh
        $ not run
        ```
        """)

    @Test func `files, commands and what they print are read in order`() {
        #expect(
            document.steps == [
                .file(path: "catalog/주문.yaml", text: "services: {}\n"),
                .command(.init(text: "touch seen", line: 6, isHidden: true)),
                .command(.init(text: "echo one \\\n  two", line: 9, expected: ["one two"])),
                .command(.init(text: "false", line: 12)),
                .command(.init(text: "echo $?", line: 13, expected: ["1"])),
            ])
    }

    @Test func `one shell runs the whole document`() async throws {
        let ran = try await ConsoleSession.run(document)
        #expect(
            ran == [
                .init(status: 0, output: []), .init(status: 0, output: ["one two"]), .init(status: 1, output: []),
                .init(status: 0, output: ["1"]),
            ])
    }

    @Test func `files are there, variables stay, errors are seen, and the program is on the path`() async throws {
        let ran = try await ConsoleSession.run(
            ConsoleDocument(
                """
                ```yaml file=a/b.yaml
                text
                ```
                ```console
                $ name=값; cat a/b.yaml
                $ echo $name >&2; printf 'no newline'
                $ flowglass --version | grep -c .
                ```
                """))
        #expect(ran.map(\.output) == [["text"], ["값", "no newline"], ["1"]])
    }

    @Test func `what a shell left running is ended, and an early end is seen`() async throws {
        let ran = try await ConsoleSession.run(
            ConsoleDocument("```console\n$ sleep 600 &\n$ echo $!\n$ exit 3\n$ echo never\n```"))
        #expect(ran.count == 2)
        let identifier = try #require(ran.last?.output.first)
        // A child that init has not taken yet is a zombie: neither it nor one that is gone has a command line.
        let commandLine = try? String(contentsOfFile: "/proc/\(identifier)/cmdline", encoding: .utf8)
        #expect(commandLine?.contains("sleep") != true)
    }
}

@Suite struct OutputPatternTests {
    @Test(
        arguments: [
            (["a", "b"], ["a", "b"], true), (["a"], ["a", "b"], false), ([], [], true), ([], ["a"], false),
            (["…"], [], true), (["…"], ["a", "b"], true), (["a", "…", "c"], ["a", "c"], true),
            (["a", "…", "c"], ["a", "b", "c", "c"], true), (["a", "…", "c"], ["a", "c", "b"], false),
            (["took … ms"], ["took 12 ms"], true), (["took … ms"], ["took 12 s"], false),
            (["…", "x", "…"], ["a", "x"], true), (["…", "x", "…"], ["a", "b"], false), (["주…료"], ["주문.완료"], true),
        ] as [([String], [String], Bool)])
    func `an ellipsis stands for what is left out, and for nothing else`(
        expected: [String], actual: [String], isMatch: Bool
    ) {
        #expect(OutputPattern.matches(expected, actual) == isMatch)
    }

    @Test func `accepting keeps what was left out around what changed`() {
        let accepted = OutputPattern.accepting(
            ["at 10:31", "new line", "3 found", "took 5 ms"], insteadOf: ["at …", "2 found", "took … ms"])
        #expect(accepted == ["at …", "new line", "3 found", "took … ms"])
        #expect(OutputPattern.accepting(["a", "b"], insteadOf: []) == ["a", "b"])
        #expect(OutputPattern.accepting([], insteadOf: ["a"]) == [])
    }
}

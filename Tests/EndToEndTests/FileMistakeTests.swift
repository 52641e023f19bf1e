import Foundation
import Testing

/// Files that are not what they are taken for, are not there, or cannot be written.
@Suite struct FileMistakeTests {
    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// A shell in a folder; `flowglass` in its script is the built program.
    private func shell(_ script: String, in folder: String, catalog: Bool = false) async throws -> Program.Result {
        let program = try BuiltProduct.path("flowglass")
        return try await Program.run(
            program: "/bin/bash", ["-c", "flowglass() { '\(program)' \"$@\"; }; " + script], in: folder,
            environment: ["XDG_STATE_HOME": folder + "/state"])
    }

    @Test(arguments: ["./", ".", "x/", "/"])
    func `a folder is no store`(path: String) async throws {
        let scratch = try ScratchFolder()
        try write("{}", scratch.path + "/spans.json")
        for arguments in [["collect", "--from", "spans.json"], ["edges"]]
        where path != "x/" || arguments[0] == "collect" {
            let result = try await Program.run(arguments + ["--store", path], in: scratch.path)
            #expect(result.status == 3)
            #expect(result.errors == "flowglass: cannot open the store \(path): it is a folder\n")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["spans.json"])
    }

    @Test func `what is no store stays as it is`() async throws {
        let scratch = try ScratchFolder()
        try write("{}", scratch.path + "/spans.json")
        try write("우유, 빵\n", scratch.path + "/notes.txt")
        let result = try await Program.run(
            ["collect", "--store", "notes.txt", "--from", "spans.json"], in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors.hasPrefix("flowglass: notes.txt is not a store of Flowglass, and stays as it is\n"))
        #expect(try String(contentsOfFile: scratch.path + "/notes.txt", encoding: .utf8) == "우유, 빵\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).count == 2)
    }

    @Test(arguments: [
        "lint \(Program.repository)/catalog --json", "schema", "export --catalog \(Program.repository)/catalog",
        "list topics --catalog \(Program.repository)/catalog", "keys", "explain", "manual --markdown", "--help",
        "completions bash", "--plain --catalog \(Program.repository)/catalog",
    ])
    func `a full disk is told, and a reader that has seen enough is not`(command: String) async throws {
        let scratch = try ScratchFolder()
        let full = try await shell("flowglass \(command) > /dev/full", in: scratch.path)
        #expect(full.status == 3)
        #expect(full.errors.hasSuffix("flowglass: cannot write to standard output: no space left on device\n"))
        let closed = try await shell(
            "set -o pipefail; { sleep 0.1; flowglass \(command); } | true; echo ${PIPESTATUS[0]}", in: scratch.path)
        #expect(closed.output == "0\n" && closed.errors.isEmpty, "\(closed.errors)")
    }

    @Test func `a standard output that is closed does not let a store take its place`() async throws {
        let scratch = try ScratchFolder()
        try write("{}", scratch.path + "/spans.json")
        let result = try await shell("flowglass collect --store spans.db --from spans.json >&-", in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors.hasSuffix("cannot write to standard output: bad file descriptor\n"))
        let edges = try await Program.run(["edges", "--store", "spans.db"], in: scratch.path)
        #expect(edges.status == 0, "\(edges.errors)")
    }

    @Test(arguments: [
        "lint \(Program.repository)/catalog --output full", "export csv full --catalog \(Program.repository)/catalog",
    ])
    func `a report that cannot be written is told`(command: String) async throws {
        let scratch = try ScratchFolder()
        // Through a link: what is wrong here must not replace the machine's device by a file.
        let result = try await shell(
            "ln -s /dev/full full; flowglass \(command); s=$?; test -L full && exit $s", in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors == "flowglass: cannot write full: no space left on device\n")
    }

    @Test func `a store that was asked for must be there`() async throws {
        let scratch = try ScratchFolder()
        let result = try await Program.run(["--plain", "--store", "nosuch.db"], in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors.hasPrefix("flowglass: there is no store at nosuch.db\n"))
        try write("", scratch.path + "/empty.db")
        let empty = try await Program.run(["edges", "--store", "empty.db"], in: scratch.path)
        #expect(empty.status == 3)
        #expect(empty.errors == "flowglass: cannot open the store empty.db: nothing was written to it yet\n")
    }

    @Test func `a folder without a catalog file is a mistake`() async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path + "/카탈로그"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let empty = try await Program.run(["lint", "카탈로그"], in: scratch.path)
        #expect(empty.status == 3 && empty.output.isEmpty)
        #expect(empty.errors.hasPrefix("flowglass: there is no catalog file in 카탈로그: "))
        try write("services: {}\n", folder + "/a.yaml")
        #expect(try await Program.run(["lint", "카탈로그"], in: scratch.path).status == 0)
        try write("*.yaml\n", folder + "/.flowglassignore")
        #expect(try await Program.run(["lint", "카탈로그"], in: scratch.path).status == 3)
    }

    @Test func `why a file cannot be written is said in the system's words`() async throws {
        let scratch = try ScratchFolder()
        try write("", scratch.path + "/file")
        for (arguments, errors) in [
            (["init", "file"], "cannot write into file: it is not a folder"),
            (["init", "file/sub"], "cannot write into file: it is not a folder"),
            (["export", "csv", "file/sub/x.csv", "--catalog", "c.yaml"], "cannot write into file: it is not a folder"),
            (["init", "/proc/none"], "cannot make the folder /proc/none: no such file or directory"),
            (
                ["lint", "c.yaml", "--output", "nowhere/report"],
                "cannot write nowhere/report: no such file or directory"
            ),
            (
                ["lint", "c.yaml", "--baseline", "nowhere"],
                "cannot read the baseline nowhere: no such file or directory\n           "
                    + "write one with --update-baseline"
            ),
        ] {
            try write("catalog: { name: a }\n", scratch.path + "/c.yaml")
            let result = try await Program.run(arguments, in: scratch.path)
            #expect(result.status == 3, "\(arguments)")
            #expect(result.errors == "flowglass: \(errors)\n")
        }
        let made = try await Program.run(["init", "새/카탈로그/"], in: scratch.path)
        #expect(made.output == "새/카탈로그/flowglass.yaml\n")
        #expect(made.errors.contains("see them with 'flowglass 새/카탈로그'"))
    }

    @Test func `an export says what it wrote, and keeps out of the catalog`() async throws {
        let scratch = try ScratchFolder()
        _ = try await Program.run(["init"], in: scratch.path)
        let refused = try await Program.run(["export", "csv", "catalog"], in: scratch.path)
        #expect(refused.status == 3)
        #expect(
            refused.errors
                == "flowglass: catalog holds the catalog: name another folder, or write into it with --force\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/catalog") == ["flowglass.yaml"])
        #expect(
            try await Program.run(["export", "csv", "out/"], in: scratch.path).errors
                == "flowglass: wrote out/system.csv\n")
        #expect(
            try await Program.run(["export", "csv", "system.csv"], in: scratch.path).errors
                == "flowglass: wrote system.csv\n")
    }

    @Test func `the demo's store is named where there is no other`() async throws {
        let scratch = try ScratchFolder()
        let state = scratch.path + "/state/flowglass"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        try write("", state + "/demo.db")
        let result = try await shell("flowglass edges", in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors.contains("for what the demo sent, say --store \(state)/demo.db; "))
        let help = try await Program.run(["demo", "--help"]).output.split(whereSeparator: \.isWhitespace)
        #expect(
            help.joined(separator: " ").contains("(default: $XDG_STATE_HOME/flowglass/demo.db, made new each time)"))
    }

    @Test func `files without a span are told, and a folder stands for its files`() async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path + "/받은 것"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func span(_ id: Int) -> String {
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0000000000000000000000000000000a\","
                + "\"spanId\":\"000000000000000\(id)\",\"kind\":4,\"name\":\"send\",\"startTimeUnixNano\":\"1768467600000000000\"}]}]}]}"
        }
        try write(span(1), folder + "/a.json")
        try write(span(2) + "\n" + span(3), folder + "/b.jsonl")
        try write("not spans", folder + "/README.md")
        let read = try await Program.run(["collect", "--store", "s.db", "--from", "받은 것/"], in: scratch.path)
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output == "3 spans in 3 requests accepted, 0 rejected\n")
        let again = try await Program.run(["reindex", "--store", "s.db"], in: scratch.path)
        #expect(again.errors.hasPrefix("flowglass: edges and figures of s.db are worked out again from "))
        let unknown = try await Program.run(["doctor", "nosuch", "--store", "s.db"], in: scratch.path)
        #expect(unknown.errors.hasSuffix("\n           'flowglass doctor' without a name tells of all there are\n"))
        let shown = try await Program.run(["--plain", "--from", "받은 것"], in: scratch.path)
        #expect(shown.status == 0, "\(shown.errors)")
        try write("{\"msg\":\"a\"}\n{\"msg\":\"b\"}\n", scratch.path + "/app.log")
        let none = try await Program.run(["collect", "--store", "s.db", "--from", "app.log"], in: scratch.path)
        #expect(
            none.errors
                == "flowglass: there is no span in app.log\n           a log of JSON lines is read with --from-logs\n")
        let empty = try await Program.run(["collect", "--store", "t.db", "--from", "."], in: scratch.path)
        #expect(empty.status == 3)
        #expect(empty.errors.hasPrefix("flowglass: there is no file of spans in .: "))
    }

    @Test func `a rule is explained as JSON`() async throws {
        let one = try await Program.run(["explain", "unknown-reference", "--json"])
        let facts = try #require(try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any])
        #expect(facts["name"] as? String == "unknown-reference" && facts["severity"] as? String == "error")
        #expect((facts["bad"] as? [String])?.isEmpty == false)
        let all = try await Program.run(["explain", "--json"])
        let rules = try #require(try JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [[String: Any]])
        #expect(rules.count > 30)
    }
}

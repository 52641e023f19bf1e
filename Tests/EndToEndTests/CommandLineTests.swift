import Foundation
import Testing

/// What a person at a prompt gets: sentences, and exit codes that scripts can rely on.
@Suite struct CommandLineTests {
    @Test(
        arguments: [
            (["lint", "/nowhere"], 3, "flowglass: cannot read the catalog '/nowhere': no such file or folder\n"),
            (
                ["lintt"], 2,
                "flowglass: 'lintt' is neither a command nor a catalog that is there\n           did you mean 'lint'?\n"
            ),
            (
                ["explain", "unknown-referense"], 2,
                "flowglass: there is no rule 'unknown-referense'\n           did you mean 'unknown-reference'?\n"
            ),
            (
                ["lint", "--format", "sarf"], 2,
                "flowglass: there is no format 'sarf'\n           did you mean 'sarif'?\n"
                    + "           the formats are checkstyle, github, gitlab, json, junit, markdown, sarif, text\n"
            ),
            (["show", "order.complete", "--catalog", "catalog", "--store", "/nowhere/spans.db"], 3, nil),
            (
                ["show", "order.complete", "--catalog", "catalog"], 3,
                "flowglass: nothing is called 'order.complete'\n           did you mean 'order.completed'?\n"
            ),
            (
                ["collect", "--http", "127.0.0.1"], 2,
                "flowglass: '127.0.0.1' is no address to listen on: it wants ADDRESS:PORT, e.g. 127.0.0.1:4318, or off\n"
            ),
            (
                ["drift", "--select", "missing-owner"], 2,
                "flowglass: 'missing-owner' is about the catalog alone, and takes no spans\n           ask 'flowglass lint --select missing-owner'\n"
            ),
            (["verify", "--select", "missing-owner", "--", "true"], 2, nil),
            (
                ["lint", "--select", "undocumented-call,missing-owner"], 2,
                "flowglass: 'undocumented-call' takes spans, which lint does not read\n           ask 'flowglass drift --select undocumented-call'\n"
            ),
            (["collect", "--http", "0.0.0.0:0"], 2, nil),
            (["collect", "--store", "clickhouse://localhost:8123/default"], 2, nil),
            (["--plain", "--store", "clickhouse://localhost:8123/default"], 2, nil),
            (["export", "--focus", "a", "--flow", "b"], 2, nil),
            (["catalog"], 2, nil),
            (
                ["help", "lnt"], 2,
                "flowglass: there is no command 'lnt'\n           did you mean 'lint'?\n"
            ),
            (["--plain", "--from", "spans.pb", "--store", "spans.db"], 2, nil),
            (["export", "--depth", "3"], 2, nil),
            (["export", "--toward", "upstream"], 2, nil),
            (["export", "--as", "sequence"], 2, nil),
            (["export", "--service", "order"], 2, nil),
            (["export", "dot", "--raw"], 2, nil),
            (["explain", "--markdown", "unknown-reference"], 2, nil),
            (["lint", "catalog", "--json", "--format", "text"], 2, nil),
            (["impact", "order", "--json", "--format", "markdown"], 2, nil),
            (["collect", "--log-fields", "service=svc", "--from", "spans.pb"], 2, nil),
            (["edges", "--store", ""], 2, nil), (["demo", "--store", ""], 2, nil),
            (["collect", "--cors", "shop.example"], 2, nil),
            (["collect", "--cors", "https://shop.example/path"], 2, nil),
        ] as [([String], Int32, String?)])
    func `a mistake gets a sentence and its exit code`(arguments: [String], status: Int32, errors: String?) async throws
    {
        let scratch = try ScratchFolder()
        let result = try await Program.run(arguments, environment: ["XDG_STATE_HOME": scratch.path])
        #expect(result.status == status)
        #expect(result.output.isEmpty)
        if let errors { #expect(result.errors == errors) } else { #expect(!result.errors.isEmpty) }
    }

    @Test func `help and version go to standard output`() async throws {
        let help = try await Program.run(["--help"])
        #expect(help.status == 0 && help.output.contains("SUBCOMMANDS") && help.errors.isEmpty)
        #expect(try await Program.run(["--version"]).output == "0.1.0\n")
    }

    @Test func `every command has help with an example`() async throws {
        let help = try await Program.run(["--help"]).output
        let commands = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").last)
            .split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .map { String($0.trimmingCharacters(in: .whitespaces).prefix { $0 != " " }) }
        #expect(commands.count >= 10)
        for command in commands where command != "See" {
            #expect(try await Program.run([command, "--help"]).output.contains("EXAMPLE"), "\(command)")
        }
    }

    @Test func `the sample catalog is clean, and shows who publishes and who subscribes`() async throws {
        let linted = try await Program.run(["lint", "catalog", "--fail-on", "info"])
        #expect(linted.status == 0, "\(linted.output)")
        let scratch = try ScratchFolder()
        let shown = try await Program.run(
            ["show", "order.completed", "--catalog", "catalog"], environment: ["XDG_STATE_HOME": scratch.path])
        #expect(shown.output.hasPrefix("order.completed  주문 완료\n  topic on aws-sns · owner"))
        #expect(shown.output.contains("published by\n  order"))
        #expect(shown.output.contains("notification (through notification-orders)"))
    }

    @Test func `a first catalog is clean, and is never written over`() async throws {
        let scratch = try ScratchFolder()
        #expect(try await Program.run(["init"], in: scratch.path).output == "catalog/flowglass.yaml\n")
        let linted = try await Program.run(["lint", "--fail-on", "info"], in: scratch.path)
        #expect(linted.status == 0, "\(linted.output)")
        #expect(try await Program.run(["init"], in: scratch.path).status == 3)
    }

    @Test func `the page of the rules is up to date`() async throws {
        let page = try String(contentsOfFile: Program.repository + "/Documentation/Rules.md", encoding: .utf8)
        #expect(
            try await Program.run(["explain", "--markdown"]).output == page,
            "mend it with: .build/debug/flowglass explain --markdown > Documentation/Rules.md")
    }

    @Test func `the page of the keys is up to date`() async throws {
        let page = try String(contentsOfFile: Program.repository + "/Documentation/Keys.md", encoding: .utf8)
        #expect(try await Program.run(["keys", "--markdown"]).output == page, "mend it with: make docs")
    }

    @Test func `the configuration of the manual can be read`() async throws {
        let page = try String(contentsOfFile: Program.repository + "/Documentation/Configuration.md", encoding: .utf8)
        let parts = page.components(separatedBy: "```")
        let yaml = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst(5)
        let scratch = try ScratchFolder()
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: scratch.path + "/config.yaml"))
        let keys = try await Program.run(["keys", "--config", scratch.path + "/config.yaml"])
        #expect(keys.status == 0, "\(keys.errors)")
        #expect(keys.output.contains("q Ctrl-Q"))
    }

    @Test func `a mistake in the configuration is named with its place, and nothing starts`() async throws {
        let scratch = try ScratchFolder()
        try Data("theme: drak\n".utf8).write(to: URL(fileURLWithPath: scratch.path + "/config.yaml"))
        let result = try await Program.run(["--plain", "--config", scratch.path + "/config.yaml"], in: scratch.path)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("config.yaml:1:8\n"))
        #expect(result.errors.contains("help: did you mean 'dark'?"))
        let missing = try await Program.run(["keys", "--config", "nowhere.yaml"], in: scratch.path)
        #expect(missing.status == 3)
        #expect(missing.errors == "flowglass: cannot read the configuration nowhere.yaml: no such file or directory\n")
    }

    @Test func `without a terminal the facts are lines of words`() async throws {
        let scratch = try ScratchFolder()
        let empty = try await Program.run(
            ["--plain", "--catalog", "catalog"], environment: ["XDG_STATE_HOME": scratch.path])
        #expect(empty.status == 0, "\(empty.errors)")
        #expect(empty.output.contains("order.completed  주문 완료; broker: aws-sns; publishers: order; "))
        let capture = Program.repository + "/Tests/Captures/09-clean-kafka"
        let index = try String(contentsOfFile: capture + "/index.jsonl", encoding: .utf8).split(separator: "\n")
        let files = try index.map { line in
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return capture + "/" + (try #require(entry?["file"] as? String))
        }
        let lines = try await Program.run(
            ["--plain", "--screen", "traces", "--catalog", capture + "/catalog.yaml"]
                + files.flatMap { ["--from", $0] }, in: scratch.path)
        #expect(lines.status == 0, "\(lines.errors)")
        #expect(lines.output.hasPrefix("Traces: "))
        #expect(lines.output.contains("state: complete"))
    }

    @Test func `findings make the exit code 1, and Korean lines are underlined where they are wrong`() async throws {
        let scratch = try ScratchFolder()
        try Data("services:\n  주문: { publishes: [주문.완료, 없는.토픽] }\ntopics:\n  주문.완료: { broker: kafka }\n".utf8)
            .write(to: URL(fileURLWithPath: scratch.path + "/c.yaml"))
        let result = try await Program.run(["lint", "c.yaml"], in: scratch.path)
        #expect(result.status == 1)
        #expect(result.output.contains("error[unknown-reference]"))
        #expect(result.output.contains("\n --> c.yaml:2:28\n"))
        #expect(
            result.output.contains(
                """
                2 |   주문: { publishes: [주문.완료, 없는.토픽] }
                  |                                  ^^^^^^^^^
                """))
    }

    @Test func `JSON is JSON also where there is nothing`() async throws {
        let scratch = try ScratchFolder()
        let store = scratch.path + "/spans.db"
        _ = try await Program.run(
            ["collect", "--store", store, "--from", "-"], in: scratch.path, input: Data("{}".utf8))
        for command in ["edges", "traces"] {
            let result = try await Program.run([command, "--store", store, "--json"], in: scratch.path)
            #expect(result.output == "[]\n", "\(command): \(result.errors)")
        }
    }

    @Test func `a file that is no spans is refused with its name`() async throws {
        let scratch = try ScratchFolder()
        try Data("{\"resourceSpans\": 7}".utf8).write(to: URL(fileURLWithPath: scratch.path + "/주문.json"))
        let result = try await Program.run(["collect", "--store", "s.db", "--from", "주문.json"], in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors.contains("주문.json"))
        #expect(
            try await Program.run(["collect", "--store", "s.db", "--from", "없다.json"], in: scratch.path).status == 3)
    }

    @Test(arguments: ["dumb", ""])
    func `without a terminal that can show it, there is no dashboard but a sentence`(term: String) async throws {
        let scratch = try ScratchFolder()
        let result = try await Program.run(
            [Program.repository + "/catalog", "--http", "127.0.0.1:0", "--grpc", "off"], in: scratch.path,
            environment: ["TERM": term, "XDG_STATE_HOME": scratch.path])
        #expect(result.status == 2)
        #expect(result.errors.hasPrefix("flowglass: cannot show the dashboard: "))
    }
}

@Suite struct LintCommandTests {
    private func catalog() throws -> ScratchFolder {
        let scratch = try ScratchFolder()
        try Data("services:\n  주문: { publishes: [orders] }\ntopics:\n  orders: { broker: kafka }\n".utf8)
            .write(to: URL(fileURLWithPath: scratch.path + "/c.yaml"))
        return scratch
    }

    @Test func `rules are chosen and left out by name`() async throws {
        let scratch = try catalog()
        let selected = try await Program.run(["lint", "c.yaml", "--select", "missing-owner"], in: scratch.path)
        #expect(selected.output.contains("[missing-owner]") && !selected.output.contains("[missing-description]"))
        let ignored = try await Program.run(
            ["lint", "c.yaml", "--ignore", "missing-owner,log-without-need"], in: scratch.path)
        #expect(!ignored.output.contains("[missing-owner]") && ignored.output.contains("[missing-description]"))
        #expect(try await Program.run(["lint", "c.yaml", "--select", "missing-ovner"], in: scratch.path).status == 2)
    }

    @Test func `a rule that is asked for by name is on`() async throws {
        let scratch = try catalog()
        let off = try await Program.run(["lint", "c.yaml"], in: scratch.path)
        #expect(!off.output.contains("[publish-without-outbox]"))
        let asked = try await Program.run(["lint", "c.yaml", "--select", "publish-without-outbox"], in: scratch.path)
        #expect(asked.output.contains("warning[publish-without-outbox]: "), "\(asked.output)")
    }

    @Test func `severities and counts decide the exit code`() async throws {
        let scratch = try catalog()
        #expect(try await Program.run(["lint", "c.yaml"], in: scratch.path).status == 0)
        #expect(try await Program.run(["lint", "c.yaml", "--fail-on", "warning"], in: scratch.path).status == 1)
        #expect(try await Program.run(["lint", "c.yaml", "--max-warnings", "0"], in: scratch.path).status == 1)
        #expect(try await Program.run(["lint", "c.yaml", "--max-warnings", "50"], in: scratch.path).status == 0)
    }

    @Test func `a baseline hides what is known, and says what is gone`() async throws {
        let scratch = try catalog()
        let arguments = ["lint", "c.yaml", "--fail-on", "info", "--baseline", "known.txt"]
        #expect(try await Program.run(arguments, in: scratch.path).status == 3)
        #expect(try await Program.run(arguments + ["--update-baseline"], in: scratch.path).status == 0)
        #expect(try await Program.run(arguments, in: scratch.path).status == 0)
        try Data("services:\n  주문: { publishes: [없다] }\n".utf8).write(
            to: URL(fileURLWithPath: scratch.path + "/c.yaml"))
        let changed = try await Program.run(arguments, in: scratch.path)
        #expect(changed.status == 1)
        #expect(changed.output.contains("unknown-reference"))
        #expect(changed.output.contains("\n --> known.txt:2:1\n"))
        #expect(
            changed.output.contains("warning[stale-baseline]: the baseline knows a finding that no longer occurs: "))
        let other = try await Program.run(arguments + ["--ignore", "stale-baseline"], in: scratch.path)
        #expect(!other.output.contains("stale-baseline"))
    }

    @Test func `standard input is a catalog of one file`() async throws {
        let text = Data("services:\n  a: { publishes: [b] }\n".utf8)
        let result = try await Program.run(["lint", "-", "--format", "json"], input: text)
        #expect(result.status == 1)
        #expect(result.output.contains("\"unknown-reference\""))
    }
}

@Suite struct `explain --guarantees` {
    @Test func `prints a row a system, and each cell's source as JSON`() async throws {
        let table = try await Program.run(["explain", "--guarantees"])
        #expect(table.output.hasPrefix("SYSTEM") && table.output.contains("\nredis-pubsub"))
        let json = try await Program.run(["explain", "--guarantees", "--json"]).output
        let rows = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(rows.count == 20)
        for row in rows {
            let replay = try #require(row["replay"] as? [String: Any])
            #expect(replay["value"] is Bool && (replay["source"] as? String)?.isEmpty == false)
        }
    }
}

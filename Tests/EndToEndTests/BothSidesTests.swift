import Foundation
import Testing

/// The commands that look at both sides, on captures of real instrumentations.
@Suite struct BothSidesTests {
    @Test(arguments: CaptureTests.captures)
    func `what discover writes passes lint, and then nothing is undocumented`(capture: String) async throws {
        let scratch = try ScratchFolder()
        let store = try await CapturedSystem.store(capture, in: scratch)
        let common = ["--store", store, "--catalog", scratch.path + "/catalog"]
        try FileManager.default.createDirectory(atPath: scratch.path + "/catalog", withIntermediateDirectories: true)
        let patch = try await Program.run(["discover", "--diff"] + common)
        #expect(patch.output.hasPrefix("--- /dev/null\n+++ "))
        let written = try await Program.run(["discover", "--write"] + common)
        #expect(written.status == 0, "\(written.errors)")
        let linted = try await Program.run(["lint", scratch.path + "/catalog"])
        #expect(linted.status == 0, "\(linted.output)")
        let again = try await Program.run(["discover"] + common)
        #expect(again.output == "")
        #expect(again.errors.contains("nothing to propose: all that was seen is documented"))
        let drift = try await Program.run(["drift", "--json", "--coverage"] + common)
        #expect(!drift.output.contains("\"undocumented-"))
        #expect(drift.output.contains("\"percent\": 100"))
    }

    @Test func `discover's JSON needs no reader of YAML`() async throws {
        let scratch = try ScratchFolder()
        let store = try await CapturedSystem.store("11-http-semconv-dup-pika", in: scratch)
        let printed = try await Program.run(["discover", "--json", "--store", store], in: scratch.path)
        let root = try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any]
        let additions = try #require(root?["additions"] as? [[String: Any]])
        let gateway = try #require(additions.first { $0["name"] as? String == "api-gateway" })
        let calls = (gateway["lists"] as? [String: Any])?["calls"] as? [[String: String]]
        #expect(calls == [["service": "order-service", "protocol": "rest"]])
    }

    @Test func `drift finds what was wrong in a capture, and its exit code says so when asked`() async throws {
        let scratch = try ScratchFolder()
        let capture = "11-http-semconv-dup-pika"
        let common = [
            "--store", try await CapturedSystem.store(capture, in: scratch), "--catalog",
            Program.repository + "/Tests/Captures/\(capture)/catalog.yaml",
        ]
        let text = try await Program.run(["drift"] + common)
        #expect(text.status == 0)
        for words in [
            "warning[observed-synchronous-wait]: 'order-service' publishes to 'seat.reserve' and keeps the request open",
            "warning[undocumented-channel]: 'seat.reserve' on rabbitmq is used",
            "warning[undocumented-consumer]: 'marketing-export' handles the messages of 'order.completed'",
        ] { #expect(text.output.contains(words), "\(text.output)") }
        #expect(try await Program.run(["drift", "--fail-on", "warning"] + common).status == 1)
        #expect(try await Program.run(["drift", "--min-coverage", "101"] + common).status == 2)

        let known = scratch.path + "/known.txt"
        #expect(try await Program.run(["drift", "--baseline", known, "--update-baseline"] + common).status == 0)
        let new = try await Program.run(["drift", "--baseline", known, "--fail-on", "info"] + common)
        #expect(new.status == 0 && new.output.contains("no findings"))

        // Every finding's example is a conversation that can be looked at.
        let line = try #require(
            text.output.split(separator: "\n").first { $0.contains("for example flowglass trace ") })
        let id = try #require(line.split(separator: " ").last.map(String.init))
        #expect(try await Program.run(["trace", id] + common).status == 0)
    }

    @Test(arguments: ["text", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"])
    func `drift is reported in every format`(format: String) async throws {
        let scratch = try ScratchFolder()
        let store = try await CapturedSystem.store("09-clean-kafka", in: scratch)
        let report = try await Program.run([
            "drift", "--format", format, "--fail-on", "warning", "--store", store, "--catalog", scratch.path,
        ])
        #expect(report.status == 1)
        #expect(report.output.contains("undocumented-c"), "\(report.output)")
        if format == "junit" { #expect(report.output.contains("<testsuite name=\"flowglass drift\"")) }
    }

    @Test func `doctor explains a missing edge`() async throws {
        let scratch = try ScratchFolder()
        let common = [
            "--store", try await CapturedSystem.store("09-clean-kafka", in: scratch), "--catalog", scratch.path,
        ]
        let all = try await Program.run(["doctor", "--json"] + common)
        let services = try JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [[String: Any]]
        #expect(services?.count == 7 || services?.count == 6)
        // The generations that each service's instrumentations spoke.
        let conventions = (services ?? []).compactMap { $0["conventions"] as? [String: Any] }
        #expect(conventions.count == services?.count && conventions.allSatisfy { !$0.isEmpty }, "\(all.output)")
        let pair = try await Program.run(["doctor", "payment-service", "settlement-service"] + common)
        #expect(pair.output.contains("NO   the destination names differ: 'payment-service' says 'payment.completed'"))
        #expect(pair.output.hasSuffix("there is no observed edge\n"))
        let unknown = try await Program.run(["doctor", "paymentservice"] + common)
        #expect(unknown.status == 3 && unknown.errors.contains("did you mean 'payment-service'?"))
    }
}

import Foundation
import Testing

/// The Drift screen over a store and over files of spans, beside `flowglass drift` over the same.
@Suite struct DriftScreenTests {
    @Test(arguments: CaptureTests.captures)
    func `the screen says what the command says, over a store and over files`(capture: String) async throws {
        let folder = Program.repository + "/Tests/Captures/" + capture
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("0") }.sorted().flatMap { ["--from", folder + "/" + $0] }
        let scratch = try ScratchFolder()
        try "window: all\n".write(toFile: scratch.path + "/config.yaml", atomically: true, encoding: .utf8)
        let catalog = ["--catalog", folder + "/catalog.yaml"]
        let store = ["--store", scratch.path + "/spans.db"]
        let screen = ["--plain", "--screen", "drift", "--config", scratch.path + "/config.yaml"]
        #expect(try await Program.run(["collect"] + catalog + store + files).status == 0)

        let report = try await Program.run(["drift", "--format", "json"] + catalog + store)
        let json = try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
        let findings = try #require(json?["findings"] as? [[String: Any]])
        let expected = findings.compactMap { finding -> [String]? in
            guard let rule = finding["rule"] as? String, let message = finding["message"] as? String,
                let severity = finding["severity"] as? String
            else { return nil }
            return [rule, message, severity]
        }
        #expect(expected.count == findings.count)

        for source in [store, files] {
            let printed = try await Program.run(screen + catalog + source)
            #expect(printed.status == 0, "\(printed.errors)")
            let lines = printed.output.split(separator: "\n").map(String.init)
            #expect(lines.first?.hasPrefix("Drift: \(expected.count) finding") == true, "\(printed.output)")
            for words in expected {
                #expect(lines.contains { line in words.allSatisfy(line.contains) }, "\(words) in \(printed.output)")
            }
        }
    }
}

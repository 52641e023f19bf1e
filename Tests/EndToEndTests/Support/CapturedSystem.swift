import Foundation
import Testing

/// The dashboard over the spans of a real system, the same each time and with no collector.
enum CapturedSystem {
    /// The arguments of the program.
    static func arguments() throws -> [String] {
        let capture = Program.repository + "/Tests/Captures/09-clean-kafka"
        let index = try String(contentsOfFile: capture + "/index.jsonl", encoding: .utf8).split(separator: "\n")
        let files = try index.map { line in
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return capture + "/" + (try #require(entry?["file"] as? String))
        }
        return ["--catalog", capture + "/catalog.yaml"] + files.flatMap { ["--from", $0] }
    }

    /// A store that holds a capture.
    static func store(_ capture: String, in scratch: ScratchFolder) async throws -> String {
        let folder = Program.repository + "/Tests/Captures/" + capture
        let index = try String(contentsOfFile: folder + "/index.jsonl", encoding: .utf8).split(separator: "\n")
        let files = try index.map { line in
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return folder + "/" + (try #require(entry?["file"] as? String))
        }
        let path = scratch.path + "/spans.db"
        let collected = try await Program.run(["collect", "--store", path] + files.flatMap { ["--from", $0] })
        #expect(collected.status == 0, "\(collected.errors)")
        return path
    }

    /// Starts it, and waits until the first screen shows the channels, all of them.
    static func start(
        _ scratch: ScratchFolder, columns: Int = 80, rows: Int = 24, environment: [String: String?] = [:]
    ) async throws -> PseudoTerminal {
        let app = try PseudoTerminal.spawn(
            try BuiltProduct.path("flowglass"), arguments: arguments(), environment: environment, columns: columns,
            rows: rows, directory: scratch.path)
        try await app.waitFor("the topics") { $0.text.contains("channels") }
        try await app.waitForIdle()
        return app
    }
}

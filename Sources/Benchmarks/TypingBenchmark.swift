import Foundation
import LanguageServer

/// Typing in an editor over a catalog of 2,000 files with 10,000 channels: from a keystroke to the names that complete,
/// and to all findings, which are looked for beside it.
enum TypingBenchmark {
    static func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flowglass-typing-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for number in 0..<2_000 {
            try Data(file(number).utf8).write(to: folder.appending(path: "service-\(number).yaml"))
        }

        var session = LanguageSession(
            settings: LanguageServerSettings(
                version: "0", catalog: folder.path(percentEncoded: false), workingFolder: "/",
                exists: { FileManager.default.fileExists(atPath: $0) }))
        var id = 0
        /// The time until the session has nothing more to do, and until the findings are there as well.
        func send(_ method: String, _ params: String, isRequest: Bool = false) -> (answered: Double, checked: Double) {
            id += 1
            let head = isRequest ? "\"id\":\(id)," : ""
            var check: FindingsCheck?
            let answered = seconds {
                _ = session.take(
                    Array("{\"jsonrpc\":\"2.0\",\(head)\"method\":\"\(method)\",\"params\":\(params)}".utf8))
                while let outputs = session.step() { for case .check(let next) in outputs { check = next } }
            }
            guard let check else { return (answered, answered) }
            return (answered, answered + seconds { _ = session.take(check.run(), of: check) })
        }
        let start =
            send("initialize", "{\"capabilities\":{}}", isRequest: true).checked + send("initialized", "{}").checked
        let uri = folder.appending(path: "service-7.yaml").absoluteString
        let text = try JSONEncoder().encode(file(7))
        _ = send(
            "textDocument/didOpen",
            "{\"textDocument\":{\"uri\":\"\(uri)\",\"version\":1,\"text\":\(String(decoding: text, as: UTF8.self))}}")
        var keystrokes: [Double] = []
        var findings: [Double] = []
        for number in 0..<40 {
            let place = "{\"line\":2,\"character\":\(20 + number)}"
            let change = send(
                "textDocument/didChange",
                "{\"textDocument\":{\"uri\":\"\(uri)\",\"version\":\(number + 2)},\"contentChanges\":[{\"range\":{\"start\":\(place),\"end\":\(place)},\"text\":\"가\"}]}"
            )
            let names = send(
                "textDocument/completion",
                "{\"textDocument\":{\"uri\":\"\(uri)\"},\"position\":{\"line\":4,\"character\":23}}", isRequest: true)
            keystrokes.append(change.answered + names.answered)
            findings.append(change.checked)
        }
        report("lsp_start_ms", start * 1e3)
        report("lsp_completion_p50_ms", median(keystrokes) * 1e3)
        report("lsp_completion_p99_ms", median(keystrokes, share: 0.99) * 1e3)
        report("lsp_findings_p50_ms", median(findings) * 1e3)
    }

    /// One service with its five channels, as people write them.
    private static func file(_ number: Int) -> String {
        var text = """
            services:
              service-\(number):
                title: 서비스 \(number) 의 제목
                owner: team-\(number % 40)
                publishes: [event.\(number).0, event.\(number).1]
                subscribes: [event.\((number + 1) % 2_000).0, event.\((number + 2) % 2_000).2]
                calls:
                  - { service: service-\((number + 3) % 2_000), protocol: grpc, timeout: 1s, on-failure: fail }
            topics:

            """
        for channel in 0..<5 {
            text += "  event.\(number).\(channel): { broker: kafka, owner: team-\(number % 40), retention: 7d }\n"
        }
        return text
    }
}

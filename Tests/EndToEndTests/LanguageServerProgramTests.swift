import Foundation
import Testing

/// The built program as an editor runs it: real framing over pipes, real files.
@Suite struct LanguageServerProgramTests {
    /// An editor at the other end of the pipes. A thread of its own reads, so that other tests go on.
    private final class Editor {
        let running: Program.Running
        private var messages: AsyncStream<Data>.Iterator
        private var lastID = 0

        init(in folder: String, arguments: [String] = []) throws {
            running = try Program.start(["lsp"] + arguments, in: folder)
            let output = running.output
            messages =
                AsyncStream { continuation in
                    Thread.detachNewThread {
                        var buffer = Data()
                        while true {
                            let data = output.availableData
                            if data.isEmpty { break }
                            buffer.append(data)
                            while let content = Self.message(&buffer) { continuation.yield(content) }
                        }
                        continuation.finish()
                    }
                }.makeAsyncIterator()
        }

        deinit { if running.process.isRunning { running.process.terminate() } }

        /// `Content-Length: 2`, an empty line, 2 bytes; nil where that is not yet there.
        private static func message(_ buffer: inout Data) -> Data? {
            guard let end = buffer.range(of: Data("\r\n\r\n".utf8)) else { return nil }
            let header = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
            guard let length = header.split(separator: " ").last.flatMap({ Int($0) }),
                buffer.distance(from: end.upperBound, to: buffer.endIndex) >= length
            else { return nil }
            let content = Data(buffer[end.upperBound..<(end.upperBound + length)])
            buffer = Data(buffer[(end.upperBound + length)...])
            return content
        }

        func send(_ object: [String: Any]) throws {
            var object = object
            object["jsonrpc"] = "2.0"
            let content = try JSONSerialization.data(withJSONObject: object)
            try running.input.write(contentsOf: Data("Content-Length: \(content.count)\r\n\r\n".utf8) + content)
        }

        func tell(_ method: String, _ params: [String: Any]) throws { try send(["method": method, "params": params]) }

        /// Sends a request and reads until its answer comes.
        func ask(_ method: String, _ params: [String: Any]? = nil) async throws -> [String: Any] {
            lastID += 1
            var message: [String: Any] = ["id": lastID, "method": method]
            message["params"] = params
            try send(message)
            while let message = try await next() {
                if message["id"] as? Int == lastID { return message }
            }
            Issue.record("the server ended before it answered \(method)")
            return [:]
        }

        /// The next message; nil where the server has ended.
        func next() async throws -> [String: Any]? {
            guard let content = await messages.next() else { return nil }
            return try JSONSerialization.jsonObject(with: content) as? [String: Any]
        }

        func findings(_ uri: String) async throws -> [[String: Any]] {
            while let message = try await next() {
                guard message["method"] as? String == "textDocument/publishDiagnostics",
                    let params = message["params"] as? [String: Any], params["uri"] as? String == uri
                else { continue }
                return params["diagnostics"] as? [[String: Any]] ?? []
            }
            return []
        }

        /// The exit code, once the server has ended.
        func exitCode() async -> Int32 {
            let process = running.process
            return await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    process.waitUntilExit()
                    continuation.resume(returning: process.terminationStatus)
                }
            }
        }
    }

    private func catalog() throws -> ScratchFolder {
        let scratch = try ScratchFolder()
        let folder = scratch.path + "/catalog"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "topics:\n  주문.완료: { broker: kafka }\n".write(toFile: folder + "/t.yaml", atomically: true, encoding: .utf8)
        try "services:\n  mail: { subscribes: [주문.완료] }\n".write(
            toFile: folder + "/s.yaml", atomically: true, encoding: .utf8)
        return scratch
    }

    /// The folder as a URI, links followed as the program sees it.
    private func uri(_ path: String) -> String {
        URL(fileURLWithPath: path).absoluteString
    }

    @Test func `a session from initialize to exit`() async throws {
        let scratch = try catalog()
        let editor = try Editor(in: scratch.path)
        let answer = try await editor.ask(
            "initialize",
            ["processId": NSNull(), "rootUri": uri(scratch.path), "capabilities": [String: Any]()])
        let result = try #require(answer["result"] as? [String: Any])
        let capabilities = try #require(result["capabilities"] as? [String: Any])
        #expect(capabilities["positionEncoding"] as? String == "utf-16")
        try editor.tell("initialized", [:])

        let file = uri(scratch.path + "/catalog/s.yaml")
        let text = "services:\n  mail: { subscribes: [주문.완뇨] }\n"
        try editor.tell(
            "textDocument/didOpen",
            ["textDocument": ["uri": file, "languageId": "yaml", "version": 1, "text": text]])
        // The disk is still right: the finding is about the unsaved text.
        var findings: [[String: Any]] = []
        while !findings.contains(where: { $0["code"] as? String == "unknown-reference" }) {
            findings = try await editor.findings(file)
            try #require(!findings.isEmpty)
        }
        let finding = try #require(findings.first { $0["code"] as? String == "unknown-reference" })
        let range = try #require(finding["range"] as? [String: [String: Int]])
        #expect(range["start"] == ["line": 1, "character": 23] && range["end"] == ["line": 1, "character": 28])

        // One character is put right.
        try editor.tell(
            "textDocument/didChange",
            [
                "textDocument": ["uri": file, "version": 2],
                "contentChanges": [
                    [
                        "range": [
                            "start": ["line": 1, "character": 27], "end": ["line": 1, "character": 28],
                        ], "text": "료",
                    ]
                ],
            ])
        let hover = try await editor.ask(
            "textDocument/hover",
            ["textDocument": ["uri": file], "position": ["line": 1, "character": 25]])
        let contents = (hover["result"] as? [String: Any])?["contents"] as? [String: Any]
        #expect((contents?["value"] as? String)?.hasPrefix("**주문.완료** — topic on Kafka") == true)
        let definition = try await editor.ask(
            "textDocument/definition",
            ["textDocument": ["uri": file], "position": ["line": 1, "character": 25]])
        #expect((definition["result"] as? [String: Any])?["uri"] as? String == uri(scratch.path + "/catalog/t.yaml"))
        let unknown = try await editor.ask("workspace/nonsense", [:])
        #expect((unknown["error"] as? [String: Any])?["code"] as? Int == -32601)

        let shutdown = try await editor.ask("shutdown")
        #expect(shutdown["result"] is NSNull)
        try editor.tell("exit", [:])
        #expect(await editor.exitCode() == 0)
    }

    @Test func `a file that changes on disk is read again when the client says so`() async throws {
        let scratch = try catalog()
        let editor = try Editor(in: "/", arguments: ["--catalog", scratch.path + "/catalog"])
        let capabilities = ["workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]]]
        _ = try await editor.ask("initialize", ["capabilities": capabilities])
        try editor.tell("initialized", [:])
        let registration = try #require(try await editor.next())
        #expect(registration["method"] as? String == "client/registerCapability")
        try editor.send(["id": "catalog-files", "result": NSNull()])
        try "topics:\n  other: {}\n".write(
            toFile: scratch.path + "/catalog/t.yaml", atomically: true, encoding: .utf8)
        try editor.tell(
            "workspace/didChangeWatchedFiles",
            ["changes": [["uri": uri(scratch.path + "/catalog/t.yaml"), "type": 2]]])
        let symbols = try await editor.ask("workspace/symbol", ["query": "other"])
        #expect((symbols["result"] as? [[String: Any]])?.count == 1)
    }

    @Test func `a client that goes away ends the server, one that talks nonsense is told`() async throws {
        let scratch = try catalog()
        let gone = try Editor(in: scratch.path)
        try gone.running.input.close()
        #expect(await gone.exitCode() == 1)
        let babbling = try Editor(in: scratch.path)
        try babbling.running.input.write(contentsOf: Data("hello\r\n\r\n".utf8))
        #expect(await babbling.exitCode() == 3)
        let words = String(decoding: babbling.running.errors.readDataToEndOfFile(), as: UTF8.self)
        #expect(words == "flowglass: the client sent a header without a Content-Length; the session cannot go on\n")
    }
}

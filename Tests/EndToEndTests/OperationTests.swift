import Foundation
import OTLPCoding
import Testing

/// A collector in operation: its pages, its log, its signals.
@Suite(.serialized) struct OperationTests {
    /// Starts a collector with a log in JSON; gives it and what its first line says.
    private func start(
        _ arguments: [String], in folder: String
    ) throws -> (running: Program.Running, log: LineReader, first: [String: Any]) {
        let running = try Program.start(
            ["collect", "--http", "127.0.0.1:0", "--grpc", "off", "--store", "spans.db", "--log-format", "json"]
                + arguments, in: folder)
        try running.input.close()
        let log = LineReader(running.errors)
        return (running, log, try log.json())
    }

    private func get(_ address: Any?, _ path: String) throws -> (status: Int, body: String) {
        let address = try #require(address as? String)
        let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
        let answer = try #require(
            try exchange(port, "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        let parts = answer.components(separatedBy: "\r\n\r\n")
        return (
            Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0,
            parts.dropFirst().joined(separator: "\r\n\r\n")
        )
    }

    /// Sends bytes to a port of this machine and reads until the other side closes.
    private func exchange(_ port: Int, _ text: String) throws -> String? {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return nil }
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &part, part.count, 0), count > 0 { answer += part[..<count] }
        return String(decoding: answer, as: UTF8.self)
    }

    private func end(_ running: Program.Running, _ signal: Int32) -> Int32 {
        kill(running.process.processIdentifier, signal)
        running.process.waitUntilExit()
        return running.process.terminationStatus
    }

    @Test func `health and metrics are pages, and every metric is documented`() throws {
        let scratch = try ScratchFolder()
        let (running, _, first) = try start(["--admin", "127.0.0.1:0"], in: scratch.path)
        defer { _ = end(running, SIGKILL) }
        let health = try get(first["admin"], "/healthz")
        #expect(health.status == 200)
        #expect(health.body.contains(#""status": "ok""#))
        let metrics = try get(first["admin"], "/metrics")
        #expect(metrics.status == 200)
        for sample in [
            #"flowglass_request_failures_total{protocol="http",code="invalidArgument"} 0"#,
            #"flowglass_spans_rejected_total{protocol="http",reason="malformed trace id"} 0"#,
        ] {
            #expect(metrics.body.contains("\n" + sample + "\n"), "\(metrics.body)")
        }
        let shown = metrics.body.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
            .map { String($0.split(separator: " ")[2]) }
        #expect(shown.count > 20)
        let document = try String(
            contentsOfFile: Program.repository + "/Documentation/Operating.md", encoding: .utf8)
        for name in shown {
            #expect(document.contains("| `\(name)` |"), "\(name) is not in Documentation/Operating.md")
        }
    }

    @Test func `the log is JSON, and hostile text in it is harmless`() throws {
        let scratch = try ScratchFolder()
        let (running, log, first) = try start(["--store", "주문\u{1B}]0;x\u{07}.db"], in: scratch.path)
        defer { _ = end(running, SIGKILL) }
        #expect(first["level"] as? String == "info")
        #expect(first["message"] as? String == "waiting for spans")
        #expect((first["store"] as? String)?.hasPrefix("주문") == true)
        #expect((first["store"] as? String)?.contains("\u{1B}") == false)
        #expect(first["process"] as? Int == Int(running.process.processIdentifier))
        #expect(end(running, SIGTERM) == 0)
        let last = try log.json()
        #expect(last["message"] as? String == "stopping")
        #expect(last["signal"] as? Int == Int(SIGTERM))
    }

    @Test func `SIGHUP reads the catalog again, and a broken one leaves the last`() throws {
        let scratch = try ScratchFolder()
        let catalog = scratch.path + "/catalog.yaml"
        try Data("services:\n  주문: {}\n".utf8).write(to: URL(fileURLWithPath: catalog))
        let (running, log, _) = try start(["--catalog", catalog], in: scratch.path)
        defer { _ = end(running, SIGKILL) }
        kill(running.process.processIdentifier, SIGHUP)
        #expect(try log.json()["message"] as? String == "the catalog was read again")
        try FileManager.default.removeItem(atPath: catalog)
        kill(running.process.processIdentifier, SIGHUP)
        let failed = try log.json()
        #expect(failed["message"] as? String == "the catalog could not be read again")
        #expect(failed["level"] as? String == "error")
        #expect(end(running, SIGINT) == 0)
    }

    @Test(arguments: [
        (["--http", "127.something.example:4318"], "will not listen on 127.something.example:4318"),
        (["--http", "0.0.0.0:4318"], "will not listen on 0.0.0.0:4318"),
        (["--admin", "[::]:4319"], "will not listen on [::]:4319"),
        (["--grpc", "4317"], "'4317' is no address to listen on: it wants ADDRESS:PORT"),
        (["--keep-spans", "7"], "an age is a number and a unit"),
        (["--keep-figures", "1s"], "an age is a number and a unit"),
        (["--max-store-size", "10"], "a size is a number and a unit"),
    ])
    func `what cannot be meant is told`(arguments: [String], expected: String) async throws {
        let scratch = try ScratchFolder()
        let base =
            ["collect", "--store", "spans.db"] + (arguments.contains("--http") ? [] : ["--http", "127.0.0.1:0"])
        let result = try await Program.run(
            base + (arguments.contains("--grpc") ? [] : ["--grpc", "off"]) + arguments, in: scratch.path)
        #expect(result.status == 2)
        #expect(result.errors.contains(expected), "\(result.errors)")
    }

    @Test func `a token that cannot be read stops the start`() async throws {
        let scratch = try ScratchFolder()
        let arguments = [
            "collect", "--store", "spans.db", "--http", "127.0.0.1:0", "--grpc", "off", "--token-file", "token",
        ]
        var result = try await Program.run(arguments, in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors == "flowglass: cannot read the token in token: no such file or directory\n")
        try Data("두 낱말\n".utf8).write(to: URL(fileURLWithPath: scratch.path + "/token"))
        result = try await Program.run(arguments, in: scratch.path)
        #expect(result.status == 3)
        #expect(result.errors.contains("token holds no token"))
    }
}

/// Lines of a pipe, one after the other.
final class LineReader {
    private let handle: FileHandle
    private var rest = Data()

    init(_ handle: FileHandle) { self.handle = handle }

    /// The next line as a JSON object.
    func json() throws -> [String: Any] {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = rest[..<end]
                rest = Data(rest[rest.index(after: end)...])
                return try #require(
                    try JSONSerialization.jsonObject(with: line) as? [String: Any],
                    "\(String(decoding: line, as: UTF8.self))")
            }
            let part = handle.availableData
            try #require(!part.isEmpty, "no further line: \(String(decoding: rest, as: UTF8.self))")
            rest += part
        }
    }
}

import Foundation
import Testing

/// Every input of `collect`, with the real program.
@Suite struct InputTests {
    private func edges(_ arguments: [String], input: String = "", files: [String: Data] = [:]) async throws -> (
        edges: [String], errors: String, status: Int32
    ) {
        let scratch = try ScratchFolder()
        for (name, content) in files { try content.write(to: URL(fileURLWithPath: scratch.path + "/" + name)) }
        let collected = try await Program.run(
            ["collect", "--store", "spans.db"] + arguments, in: scratch.path, input: Data(input.utf8))
        let printed = try await Program.run(["edges", "--store", "spans.db", "--json"], in: scratch.path)
        let edges = try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [[String: Any]] ?? []
        let lines = edges.map { edge in
            "\(edge["kind"] ?? "") \(edge["from"] ?? "") -> \(edge["to"] ?? ""): \(edge["count"] ?? "")"
                + ((edge["joinedBy"] as? [String: Int] ?? [:]).map { ", \($0.key) \($0.value)" }.joined())
        }
        return (lines, collected.errors, collected.status)
    }

    private static let log = [
        #"{"t":"2026-01-15T09:00:00Z","svc":"주문","req":"예매-1","did":"publish","topic":"주문.완료"}"#,
        #"{"t":"2026-01-15T09:00:01Z","msg":"unrelated"}"#,
        "not JSON",
        #"{"t":"2026-01-15T09:00:01Z","svc":"알림","req":"예매-1","did":"receive","topic":"주문.완료"}"#,
        #"{"t":"2026-01-15T09:00:01.1Z","svc":"알림","req":"예매-1","did":"process","topic":"주문.완료"}"#,
        #"{"t":"2026-01-15T09:00:02Z","svc":"알림","req":"예매-1","did":"jump","topic":"주문.완료"}"#,
        #"{"t":"2026-01-15T09:00:02Z","svc":"알림","req":"예매-1","did":"call","topic":"회원"}"#,
    ].joined(separator: "\n")

    private static let mapping = ["--log-fields", "correlation=req,service=svc,action=did,channel=topic,time=t"]

    private static let logEdges = [
        "calls 알림 -> 회원: 1", "consumes 주문.완료 -> 알림: 1, correlation-id 1", "publishes 주문 -> 주문.완료: 1",
    ]

    @Test func `a correlation log on standard input becomes edges, and bad lines are located`() async throws {
        let found = try await edges(["--from-logs", "-"] + Self.mapping, input: Self.log)
        #expect(found.edges == Self.logEdges)
        #expect(found.status == 3)
        #expect(found.errors.contains("-:3: expected a value at byte 0"))
        #expect(found.errors.contains("-:6: 'did' is 'jump': it wants publish, receive, process or call"))
        #expect(found.errors.contains("2 parts of the input could not be read"))
    }

    @Test func `a log that is read twice counts once`() async throws {
        let found = try await edges(
            ["--from-logs", "a.log", "--from-logs", "a.log"] + Self.mapping, files: ["a.log": Data(Self.log.utf8)])
        #expect(found.edges == Self.logEdges)
    }

    @Test func `a mapping that cannot be used is a mistake of usage`() async throws {
        let found = try await edges(["--from-logs", "-", "--log-fields", "color=red"])
        #expect(found.status == 2)
        #expect(found.errors.contains("'color' is no field of a correlation log"))
    }

    private static let jaeger = """
        {"data":[{"traceID":"a","spans":[
          {"traceID":"a","spanID":"1","operationName":"send","startTime":1768467600000000,"duration":10,"processID":"p1","tags":[
           {"key":"span.kind","value":"producer"},{"key":"messaging.system","value":"kafka"},
           {"key":"messaging.destination.name","value":"주문"}]},
          {"traceID":"a","spanID":"2","operationName":"process","startTime":1768467600001000,"duration":5,"processID":"p2","tags":[
           {"key":"span.kind","value":"consumer"},{"key":"messaging.system","value":"kafka"},
           {"key":"messaging.destination.name","value":"주문"}],"references":[{"refType":"FOLLOWS_FROM","traceID":"a","spanID":"1"}]}],
         "processes":{"p1":{"serviceName":"order"},"p2":{"serviceName":"billing"}}}]}
        """

    @Test func `traces that Jaeger saved, and the same compressed with Zstandard, become edges`() async throws {
        let expected = ["consumes 주문 -> billing: 1, link 1", "publishes order -> 주문: 1"]
        let plain = try await edges(["--from", "trace.json"], files: ["trace.json": Data(Self.jaeger.utf8)])
        #expect(plain.edges == expected)
        #expect(plain.status == 0, "\(plain.errors)")
        guard let compressed = try zstd(Data(Self.jaeger.utf8)) else { return }
        let small = try await edges(["--from", "trace.json.zst"], files: ["trace.json.zst": compressed])
        #expect(small.edges == expected)
        // As the Collector's file exporter writes it: each request compressed, after its length.
        let otlp = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0000000000000000000000000000000a",\
            "spanId":"0000000000000001","kind":4,"name":"send 주문","startTimeUnixNano":"1768467600000000000",\
            "attributes":[{"key":"messaging.system","value":{"stringValue":"kafka"}}]}]}]}]}
            """
        let frame = try #require(try zstd(Data(otlp.utf8)))
        var size = UInt32(frame.count).bigEndian
        let framed = Data(bytes: &size, count: 4) + frame
        #expect(
            try await edges(["--from", "traces"], files: ["traces": framed]).edges == [
                "publishes unknown_service -> 주문: 1"
            ])
        let broken = try await edges(["--from", "traces.zst"], files: ["traces.zst": compressed.prefix(40)])
        #expect(broken.status == 3)
        #expect(broken.errors.contains("the Zstandard data"))
    }

    private static let zipkin = """
        [{"traceId":"a","id":"1","name":"send","kind":"PRODUCER","timestamp":1768467600000000,"duration":5,
          "localEndpoint":{"serviceName":"order"},"tags":{"kafka.topic":"주문"}},
         {"traceId":"a","id":"2","parentId":"1","name":"on-message","kind":"CONSUMER","timestamp":1768467600000900,
          "duration":5,"localEndpoint":{"serviceName":"billing"},"tags":{"kafka.topic":"주문"}}]
        """

    @Test func `Zipkin's senders are answered as Zipkin does, and their spans become edges`() async throws {
        let scratch = try ScratchFolder()
        let running = try Program.start(
            [
                "collect", "--http", "off", "--grpc", "off", "--zipkin", "127.0.0.1:0", "--store", "spans.db",
            ], in: scratch.path)
        defer { kill(running.process.processIdentifier, SIGKILL) }
        try running.input.close()
        var text = ""
        while !text.contains("\n") {
            let part = running.errors.availableData
            try #require(!part.isEmpty, "the collector ended: \(text)")
            text += String(decoding: part, as: UTF8.self)
        }
        let port = try #require(text.split(separator: ",").first?.split(separator: ":").last)
        func post(_ body: String, _ path: String) throws -> String {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Content-Type: application/json", "-d",
                body,
                "http://127.0.0.1:\(port)\(path)",
            ]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            process.waitUntilExit()
            return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        #expect(try post(Self.zipkin, "/api/v2/spans") == "202")
        #expect(try post("{", "/api/v2/spans") == "400")
        #expect(try post("[]", "/api/v1/spans") == "404")
        kill(running.process.processIdentifier, SIGTERM)
        running.process.waitUntilExit()
        let printed = try await Program.run(["edges", "--store", "spans.db"], in: scratch.path)
        #expect(printed.output.contains("주문") && printed.output.contains("billing"))
        #expect(printed.output.contains("kafka"))
    }

    /// The bytes as a Zstandard frame; nil where there is no Python.
    private func zstd(_ data: Data) throws -> Data? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.compressor]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(data)
        try input.fileHandleForWriting.close()
        let result = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 && !result.isEmpty ? result : nil
    }

    /// Python has no Zstandard of its own everywhere; the system's library is called.
    private static let compressor = """
        import ctypes, ctypes.util, sys
        z = ctypes.CDLL("libzstd.so.1")
        z.ZSTD_compressBound.restype = z.ZSTD_compress.restype = ctypes.c_size_t
        z.ZSTD_compress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
        data = sys.stdin.buffer.read()
        out = ctypes.create_string_buffer(z.ZSTD_compressBound(ctypes.c_size_t(len(data))))
        size = z.ZSTD_compress(out, len(out), data, len(data), 3)
        sys.stdout.buffer.write(out.raw[:size])
        """
}

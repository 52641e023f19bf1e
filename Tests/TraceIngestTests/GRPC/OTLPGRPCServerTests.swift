import NIOHPACK
import OTLPCoding
import TestSupport
import Testing
import TraceModel

@testable import TraceIngest

/// Over a real connection, with the frames that clients send.
@Suite struct `OTLP gRPC server` {
    /// Runs a server on a free port for the time of a test, with one client.
    private func serve(
        _ sink: RecordingSink = RecordingSink(), _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: (GRPCClient, IngestServer, RecordingSink) async throws -> Void
    ) async throws {
        var settings = ServerSettings()
        settings.threads = 1
        change(&settings)
        let server = try await IngestServer.start(
            .otlpGRPC, address: "127.0.0.1", port: 0, sink: sink, settings: settings)
        do {
            let client = try await GRPCClient(port: server.port)
            try await body(client, server, sink)
            await client.close()
        } catch {
            await server.shutdown(grace: .milliseconds(10))
            throw error
        }
        await server.shutdown(grace: .milliseconds(200))
    }

    private func expectSuccess(_ client: GRPCClient, _ message: [UInt8]) async throws {
        let answer = try await client.call(GRPCClient.framed(message))
        #expect(answer["grpc-status"] == "0")
    }

    @Test func `spans are kept and the answer is an empty message`() async throws {
        try await serve { client, server, sink in
            let answer = try await client.call(GRPCClient.framed(Sample.protobuf))
            #expect(answer[":status"] == "200")
            #expect(answer["content-type"] == "application/grpc")
            #expect(answer["grpc-status"] == "0")
            #expect(answer.body == [0, 0, 0, 0, 0])
            #expect(sink.requests.map { $0.batch.string($0.batch.spans[0].name) } == ["주문 발행"])
            #expect(server.counters.spans == 1)
            #expect(server.counters.bytesInFlight == 0)
            try await expectSuccess(client, [])
        }
    }

    @Test(arguments: [("gzip", Sample.Format.gzip), ("deflate", .zlib)])
    func `compressed messages are inflated, when their flag says so`(coding: String, format: Sample.Format) async throws
    {
        try await serve { client, server, sink in
            let compressed = Sample.compressed(Sample.protobuf, format)
            let first = try await client.call(
                GRPCClient.framed(compressed, isCompressed: true), ["grpc-encoding": coding])
            #expect(first["grpc-status"] == "0")
            let second = try await client.call(GRPCClient.framed(Sample.protobuf), ["grpc-encoding": coding])
            #expect(second["grpc-status"] == "0")
            #expect(sink.spans == 2)
            let third = try await client.call(GRPCClient.framed(compressed, isCompressed: true))
            #expect(third["grpc-status"] == "13")
            #expect(third["grpc-message"] == "the message is compressed, and grpc-encoding does not say how")
        }
    }

    @Test func `a partial success says how many spans and why`() async throws {
        try await serve { client, server, sink in
            let bytes = try OTLPJSON.transcode(Sample.partial)
            let answer = try await client.call(GRPCClient.framed(bytes))
            #expect(answer["grpc-status"] == "0")
            let message = OTLPReply(rejectedSpans: 2, message: "2 spans cannot be used (malformed trace id)")
            #expect(answer.message == message.encoded(.protobuf))
        }
    }

    static let refusals: [([UInt8], [String: String?], String, String)] = [
        (GRPCClient.framed([0x0A]), [:], "3", "the message ends inside a field at byte 1"),
        (
            GRPCClient.framed([1, 2, 3], isCompressed: true), ["grpc-encoding": "gzip"], "3",
            "compressed body is damaged"
        ),
        (GRPCClient.framed([]), [":path": "/x.Y/Z"], "12", "unknown method /x.Y/Z"),
        (
            GRPCClient.framed([]), [":path": "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"], "12",
            "metrics are not kept here"
        ),
        (GRPCClient.framed([]), ["grpc-encoding": "zstd"], "12", "grpc-encoding must be"),
        ([], [:], "13", "a call must have one message"),
        ([0, 0, 0], [:], "13", "a call must have one message"),
        ([0, 0, 0, 0, 9, 1], [:], "13", "the message breaks off"),
        (GRPCClient.framed([]) + GRPCClient.framed([]), [:], "13", "a call must have one message"),
        ([2, 0, 0, 0, 0], [:], "13", "the compressed flag must be 0 or 1"),
        ([0, 0xFF, 0xFF, 0xFF, 0xFF], [:], "8", "longer than 67108864 bytes"),
    ]

    @Test(arguments: refusals)
    func `a call that breaks a rule is told which`(
        body: [UInt8], changes: [String: String?], status: String, text: String
    ) async throws {
        try await serve { client, server, sink in
            let answer = try await client.call(body, changes)
            #expect(answer[":status"] == "200")
            #expect(answer["grpc-status"] == status)
            #expect(answer["grpc-message"]?.contains(text) == true, "\(answer.headers)")
            #expect(answer["grpc-status-details-bin"] == nil)
            #expect(sink.requests.isEmpty)
            try await expectSuccess(client, Sample.protobuf)
        }
    }

    @Test func `what is not gRPC gets an HTTP status`() async throws {
        try await serve { client, server, sink in
            let method = try await client.call([], [":method": "GET"])
            #expect(method[":status"] == "405")
            for type in ["application/json", nil, "application/grpc-web", "application/grpc+json"] {
                let answer = try await client.call([], ["content-type": type])
                #expect(answer[":status"] == "415")
            }
            let type = try await client.call(GRPCClient.framed([]), ["content-type": "application/grpc+proto; x=y"])
            #expect(type["grpc-status"] == "0")
        }
    }

    @Test func `a message that is too long is refused at its prefix, and a bomb at the limit`() async throws {
        try await serve(RecordingSink(), { $0.bodyLimit = 1000 }) { client, server, sink in
            let long = try await client.call([0, 0, 0, 4, 0], ends: false)
            #expect(long["grpc-status"] == "8")
            #expect(long["grpc-status-details-bin"] == nil)
            let bomb = Sample.compressed([UInt8](repeating: 0, count: 100_000))
            let answer = try await client.call(
                GRPCClient.framed(bomb, isCompressed: true), ["grpc-encoding": "gzip"])
            #expect(answer["grpc-status"] == "8")
            #expect(server.counters.bytesInFlight == 0)
        }
    }

    @Test(arguments: [
        (SinkFailure.overloaded(retryAfterSeconds: 7), "more spans are waiting than can be held", 7),
        (.unavailable(reason: "디스크가 가득 찼습니다 100%"), "%EB%94%94%EC%8A%A4%ED%81%AC%EA%B0%80", 5),
    ])
    func `a sink under pressure is worth another try`(failure: SinkFailure, text: String, seconds: Int) async throws {
        try await serve(RecordingSink(.fail(failure))) { client, server, sink in
            let answer = try await client.call(GRPCClient.framed(Sample.protobuf))
            #expect(answer["grpc-status"] == "14")
            #expect(answer["grpc-message"]?.hasPrefix(text) == true)
            let details = try #require(answer["grpc-status-details-bin"])
            #expect(!details.contains("="))
            sink.behave(.store)
            try await expectSuccess(client, Sample.protobuf)
        }
    }

    @Test func `a deadline passes while the sink works`() async throws {
        try await serve(RecordingSink(.hold)) { client, server, sink in
            let answer = try await client.call(GRPCClient.framed(Sample.protobuf), ["grpc-timeout": "50m"])
            #expect(answer["grpc-status"] == "4")
            sink.release()
        }
    }

    @Test func `a call that is never ended is given up`() async throws {
        try await serve(RecordingSink(), { $0.requestTimeout = .milliseconds(100) }) { client, server, sink in
            let answer = try await client.call([0, 0], ends: false)
            #expect(answer["grpc-status"] == "4")
        }
    }

    @Test func `memory is counted before messages are decoded`() async throws {
        try await serve(RecordingSink(), { $0.budget = 1000 }) { client, server, sink in
            let answer = try await client.call(GRPCClient.framed([UInt8](repeating: 0, count: 2000)))
            #expect(answer["grpc-status"] == "14")
            #expect(answer["grpc-message"] == "too many requests are being read")
        }
    }

    @Test func `three hundred pings in a moment are answered`() async throws {
        try await serve { client, server, sink in
            await client.ping(300)
            try await expectSuccess(client, Sample.protobuf)
            let isOpen = client.isOpen
            #expect(isOpen)
        }
    }

    @Test func `many calls at once lose nothing`() async throws {
        try await serve { client, server, sink in
            try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await client.call(GRPCClient.framed(Sample.protobuf))["grpc-status"] }
                }
                var statuses: Set<String?> = []
                for try await status in group { statuses.insert(status) }
                #expect(statuses == ["0"])
            }
            #expect(sink.spans == 100)
        }
    }

    @Test func `a large message comes through the windows`() async throws {
        try await serve { client, server, sink in
            let message = OTLPLoad.requests(count: 1, spansPerRequest: 10_000)[0]
            #expect(message.count > 5 << 20)
            try await expectSuccess(client, message)
            #expect(sink.spans == 10_000)
        }
    }

    @Test func `a client that takes no answer does not hold its call for ever`() async throws {
        var settings = ServerSettings()
        settings.threads = 1
        settings.requestTimeout = .milliseconds(300)
        settings.idleTimeout = .seconds(8)
        let server = try await IngestServer.start(
            .otlpGRPC, address: "127.0.0.1", port: 0, sink: RecordingSink(), settings: settings)
        try await besideBusyTests {
            let client = try await GRPCClient(port: server.port, window: 0)
            let answer = try await client.call(GRPCClient.framed(Sample.protobuf))
            #expect(answer["grpc-status"] == nil)
            #expect(answer.body == [])
            try await client.closed()
        }
        await server.shutdown(grace: .milliseconds(200))
    }

    @Test func `an idle connection ends`() async throws {
        try await serve(RecordingSink(), { $0.idleTimeout = .milliseconds(100) }) { client, server, sink in
            try await client.closed()
        }
    }

    @Test func `one connection too many is not taken`() async throws {
        try await serve(RecordingSink(), { $0.connectionLimit = 1 }) { client, server, sink in
            try await expectSuccess(client, Sample.protobuf)
            let extra = try await GRPCClient(port: server.port)
            try await extra.closed()
            #expect(server.counters.refusedConnections == 1)
            try await expectSuccess(client, Sample.protobuf)
        }
    }

    @Test func `a shutdown answers the calls that were begun`() async throws {
        let sink = RecordingSink(.hold)
        let server = try await IngestServer.start(.otlpGRPC, address: "127.0.0.1", port: 0, sink: sink)
        let client = try await GRPCClient(port: server.port)
        async let call = client.call(GRPCClient.framed(Sample.protobuf))
        while sink.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        async let end: Void = server.shutdown()
        try await Task.sleep(for: .milliseconds(20))
        sink.release()
        let answer = try await call
        #expect(answer["grpc-status"] == "0")
        await end
        try await client.closed()
    }

    @Test(arguments: [
        ("1H", Duration.seconds(3600)), ("2M", .seconds(120)), ("10S", .seconds(10)), ("100m", .milliseconds(100)),
        ("5u", .microseconds(5)), ("99999999n", .nanoseconds(99_999_999)), ("123456789S", nil), ("S", nil), ("", nil),
        ("1", nil), ("-1S", nil), ("1s", nil), ("1.5S", nil),
    ])
    func `a timeout is digits and a unit`(text: String, expected: Duration?) {
        #expect(GRPCRules.duration(text) == expected)
    }
}

import Foundation
import OTLPCoding
import Synchronization
import Testing
import TraceModel

@testable import TraceIngest

/// Over a real socket, with the bytes that clients send. One test at a time: the client blocks its thread.
@Suite(.serialized) struct `OTLP HTTP server` {
    /// Runs a server on a free port for the time of a test.
    private func serve(
        _ sink: RecordingSink = RecordingSink(), _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: (IngestServer, RecordingSink) async throws -> Void
    ) async throws {
        var settings = ServerSettings()
        settings.threads = 1
        change(&settings)
        let server = try await IngestServer.start(
            .otlpHTTP, address: "127.0.0.1", port: 0, sink: sink, settings: settings)
        do { try await body(server, sink) } catch {
            await server.shutdown(grace: .milliseconds(10))
            throw error
        }
        await server.shutdown(grace: .milliseconds(200))
    }

    private func post(_ body: [UInt8], type: String = "application/x-protobuf", headers: String = "") -> [UInt8] {
        Sample.post(body, type: type, headers: headers)
    }

    @Test func `spans are kept and the answer is in the encoding of the request`() async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            client.send(post(Sample.protobuf))
            let first = try #require(client.answer())
            #expect(first.status == 200)
            #expect(first.type == "application/x-protobuf")
            #expect(first.body == [])
            client.send(post(Sample.json, type: "application/json; charset=utf-8"))
            let second = try #require(client.answer())
            #expect(second.status == 200)
            #expect(second.type == "application/json")
            #expect(second.text == "{}")
            #expect(sink.requests.map { $0.batch.string($0.batch.spans[0].name) } == ["주문 발행", "주문 발행"])
            #expect(sink.requests.map(\.format) == [.protobuf, .json])
            #expect(sink.requests.map(\.raw) == [[], Sample.json])
            #expect(server.counters.requests == 2)
            #expect(server.counters.spans == 2)
            #expect(server.counters.bytes == Sample.protobuf.count + Sample.json.count)
            #expect(server.counters.connections == 1)
            #expect(server.counters.bytesInFlight == 0)
        }
    }

    @Test func `a partial success says how many spans and why`() async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            client.send(post(Sample.partial, type: "application/json"))
            let answer = try #require(client.answer())
            #expect(answer.status == 200)
            let message = "2 spans cannot be used (malformed trace id)"
            #expect(answer.text == #"{"partialSuccess":{"rejectedSpans":"2","errorMessage":"\#(message)"}}"#)
            #expect(sink.spans == 1)
            #expect(server.counters.rejectedSpans == 2)
            #expect(server.counters.lastRejection == "malformed trace id")
        }
    }

    @Test func `a request of which every span is rejected reaches the store, which counts them`() async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            let request = #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00","spanId":"12","name":"x"}]}]}]}"#
            client.send(post(Array(request.utf8), type: "application/json"))
            #expect(client.answer()?.status == 200)
            #expect(sink.requests.map(\.batch.rejected.count) == [1])
            #expect(server.counters.rejectedSpans == 1)
            #expect(server.counters.spans == 0)
        }
    }

    @Test func `an empty request succeeds and keeps nothing`() async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            client.send(post([]))
            #expect(client.answer()?.status == 200)
            client.send(post(Array("{}".utf8), type: "application/json"))
            #expect(client.answer()?.status == 200)
            #expect(sink.requests.isEmpty)
        }
    }

    @Test(arguments: [
        ("gzip", Sample.compressed(Sample.protobuf), 200), ("deflate", Sample.compressed(Sample.protobuf, .zlib), 200),
        ("deflate", Sample.compressed(Sample.protobuf, .bare), 200), ("identity", Sample.protobuf, 200),
        ("gzip", Sample.protobuf, 400), ("gzip", Array(Sample.compressed(Sample.protobuf).dropLast(3)), 400),
        ("zstd", Sample.protobuf, 415),
    ])
    func `compressed bodies are inflated`(coding: String, body: [UInt8], status: Int) async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            client.send(post(body, headers: "Content-Encoding: \(coding)\r\n"))
            #expect(client.answer()?.status == status)
            #expect(sink.spans == (status == 200 ? 1 : 0))
        }
    }

    /// What goes over the wire, and the status, the type and a part of the body of the answer.
    struct Case: Sendable, CustomTestStringConvertible {
        var bytes: [UInt8]
        var status: Int
        var type = "application/json"
        var text: String
        var closes = false

        var testDescription: String { "\(status) \(text)" }
    }

    static let refusals: [Case] = [
        Case(
            bytes: Array("GET /v1/traces HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), status: 405,
            text: "the method must be POST"),
        Case(
            bytes: Array("POST /v1/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".utf8), status: 404,
            text: "metrics are not kept here"),
        Case(
            bytes: Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), status: 404,
            text: "spans are taken at /v1/traces only"),
        Case(bytes: Sample.post(Sample.json, type: nil), status: 415, text: "Content-Type must be"),
        Case(bytes: Sample.post(Sample.json, type: "text/plain"), status: 415, text: "Content-Type must be"),
        Case(
            bytes: Sample.post(Sample.json, type: "application/json", headers: "Content-Encoding: br\r\n"), status: 415,
            text: "Content-Encoding must be"),
        Case(
            bytes: Sample.post(Sample.json, type: "application/json", host: "evil.example"), status: 403,
            text: "'evil.example'"),
        Case(
            bytes: Sample.post(Sample.json, type: "application/json", headers: "Origin: https://evil.example\r\n"),
            status: 403, text: "'https://evil.example'"),
        Case(
            bytes: Sample.post(Array("{\"resourceSpans\":[".utf8), type: "application/json"), status: 400,
            text: "the JSON text ends too early at byte 18"),
        Case(bytes: Sample.post([], type: "application/json"), status: 400, text: "the JSON text ends too early"),
        Case(
            bytes: Sample.post(Sample.json), status: 400, type: "application/x-protobuf",
            text: " at byte "),
        Case(
            bytes: Sample.post([], type: "application/json", length: 65 << 20), status: 413,
            text: "longer than 67108864 bytes", closes: true),
        Case(
            bytes: Sample.post([], type: "application/json", headers: "Expect: magic\r\n"), status: 417,
            text: "100-continue", closes: true),
        Case(
            bytes: Array("POST /v1/traces HTTP/1.1\r\nContent-Length: 0\r\n\r\n".utf8), status: 400,
            text: "no Host header", closes: true),
        Case(bytes: Array("nonsense\r\n\r\n".utf8), status: 400, text: "the request is not HTTP/1.1", closes: true),
        Case(
            bytes: Array("POST /v1/traces HTTP/2.7\r\nHost: localhost\r\n\r\n".utf8), status: 400,
            text: "the request is not HTTP/1.1", closes: true),
        Case(
            bytes: Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8), status: 400,
            text: "the request is not HTTP/1.1", closes: true),
        Case(
            bytes: Sample.post(Sample.protobuf, headers: "Content-Length: 3\r\n"), status: 400,
            text: "the request is not HTTP/1.1", closes: true),
        Case(
            bytes: Sample.post(Sample.protobuf, headers: "Transfer-Encoding: chunked\r\n"), status: 400,
            text: "the request is not HTTP/1.1", closes: true),
        Case(
            bytes: Sample.post(Sample.protobuf, headers: "Transfer-Encoding: xchunked\r\n"), status: 400,
            text: "the request is not HTTP/1.1", closes: true),
        Case(
            bytes: Array("POST /v1/traces HTTP/1.1\nHost: localhost\nContent-Length: -1\n\n".utf8), status: 400,
            text: "the request is not HTTP/1.1", closes: true),
        Case(
            bytes: Sample.post([], headers: "X: \(String(repeating: "x", count: 40_000))\r\n"), status: 431,
            text: "longer than 32768 bytes", closes: true),
        Case(
            bytes: Sample.post([], headers: String(repeating: "X: y\r\n", count: 200)), status: 431,
            text: "longer than", closes: true),
        Case(
            bytes: Sample.post(
                [], headers: String(repeating: "X: \(String(repeating: "y", count: 500))\r\n", count: 90)),
            status: 431, text: "longer than 32768 bytes", closes: true),
    ]

    @Test(arguments: refusals)
    func `a request that breaks a rule is told which`(refusal: Case) async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            client.send(refusal.bytes)
            let answer = try #require(client.answer())
            #expect(answer.status == refusal.status)
            #expect(answer.type == refusal.type)
            #expect(answer.text.contains(refusal.text), "\(answer.text)")
            #expect(sink.requests.isEmpty)
            #expect(server.counters.failedRequests == 1)
            #expect((answer.headers["connection"] == "close") == refusal.closes)
            if refusal.closes {
                #expect(client.isClosed())
            } else {
                client.send(post(Sample.protobuf))
                #expect(client.answer()?.status == 200)
            }
        }
    }

    @Test func `a chunked body is read, and is cut off at the limit`() async throws {
        try await serve(RecordingSink(), { $0.bodyLimit = 1000 }) { server, sink in
            let head = "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
            let client = try RawClient(port: server.port)
            client.send("\(head)Transfer-Encoding: chunked\r\n\r\n")
            for byte in Sample.protobuf { client.send(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
            client.send("0\r\nTrailer: x\r\n\r\n")
            #expect(client.answer()?.status == 200)
            #expect(sink.spans == 1)
            client.send("\(head)Transfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<11 { client.send("64\r\n\(String(repeating: "x", count: 100))\r\n") }
            #expect(client.answer()?.status == 413)
            #expect(server.counters.bytesInFlight == 0)
        }
    }

    @Test func `a bomb is refused`() async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            let bomb = Sample.compressed([UInt8](repeating: 0, count: 80 << 20))
            client.send(post(bomb, headers: "Content-Encoding: gzip\r\n"))
            #expect(client.answer()?.status == 413)
            #expect(server.counters.bytesInFlight == 0)
            client.send(post(Sample.protobuf))
            #expect(client.answer()?.status == 200)
        }
    }

    @Test func `pipelined requests are answered in their order, and an error comes last`() async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            let wrong = Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            client.send(
                post(Sample.protobuf) + wrong + post(Sample.json, type: "application/json") + [0x01, 0x0D, 0x0A])
            #expect(client.answer()?.status == 200)
            #expect(client.answer()?.status == 404)
            #expect(client.answer()?.text == "{}")
            #expect(client.answer()?.status == 400)
            #expect(client.isClosed())
            #expect(sink.spans == 2)
        }
    }

    @Test func `a client that asks first is told to continue`() async throws {
        try await serve { server, sink in
            let client = try RawClient(port: server.port)
            let whole = post(Sample.protobuf, headers: "Expect: 100-continue\r\n")
            client.send(whole.dropLast(Sample.protobuf.count))
            #expect(client.answer()?.status == 100)
            client.send(Sample.protobuf)
            #expect(client.answer()?.status == 200)
            client.send(Sample.post([], type: "text/plain", length: 10, headers: "Expect: 100-continue\r\n"))
            let refusal = try #require(client.answer())
            #expect(refusal.status == 415)
            #expect(refusal.headers["connection"] == "close")
        }
    }

    @Test func `old clients and those that say close are served and closed`() async throws {
        try await serve { server, sink in
            let old = try RawClient(port: server.port)
            old.send("POST /v1/traces HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
            #expect(old.answer()?.status == 200)
            #expect(old.isClosed())
            let closing = try RawClient(port: server.port)
            closing.send(post(Sample.protobuf, headers: "Connection: close\r\n"))
            #expect(closing.answer()?.headers["connection"] == "close")
            #expect(closing.isClosed())
            let upgrading = try RawClient(port: server.port)
            upgrading.send(
                post(
                    Sample.protobuf,
                    headers: "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"))
            #expect(upgrading.answer()?.status == 200)
            #expect(upgrading.isClosed())
            let half = try RawClient(port: server.port)
            half.send(post(Sample.protobuf))
            half.finishSending()
            #expect(half.answer()?.status == 200)
            #expect(half.isClosed())
            #expect(sink.spans == 3)
        }
    }

    @Test func `no success is said before the sink has the spans`() async throws {
        try await serve(RecordingSink(.hold)) { server, sink in
            let client = try RawClient(port: server.port, patience: 1)
            client.send(post(Sample.protobuf))
            while sink.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(server.counters.spans == 0)
            #expect(server.counters.bytesInFlight > 0)
            sink.release()
            #expect(client.answer()?.status == 200)
            #expect(server.counters.spans == 1)
        }
    }

    @Test(arguments: [
        (SinkFailure.overloaded(retryAfterSeconds: 7), 429, "7", "more spans are waiting than can be held"),
        (.unavailable(reason: "the disk is full"), 503, "5", "the disk is full"),
    ])
    func `a sink under pressure is worth another try`(
        failure: SinkFailure, status: Int, seconds: String, text: String
    ) async throws {
        try await serve(RecordingSink(.fail(failure))) { server, sink in
            let client = try RawClient(port: server.port)
            client.send(post(Sample.json, type: "application/json"))
            let answer = try #require(client.answer())
            #expect(answer.status == status)
            #expect(answer.headers["retry-after"] == seconds)
            #expect(answer.text.contains(text))
            #expect(answer.text.contains(#""retryDelay":"\#(seconds)s""#))
            sink.behave(.store)
            client.send(post(Sample.protobuf))
            #expect(client.answer()?.status == 200)
        }
    }

    @Test func `memory is counted before bodies are decoded`() async throws {
        try await serve(RecordingSink(.hold), { $0.budget = 3000 }) { server, sink in
            let large = OTLPRequest(resources: [
                OTLPResource(
                    attributes: [("x", .string(String(repeating: "x", count: 1200)))],
                    scopes: [
                        OTLPScope(spans: [Sample.span])
                    ])
            ]).encoded()
            let first = try RawClient(port: server.port)
            first.send(post(large))
            while sink.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
            let second = try RawClient(port: server.port)
            second.send(post(large))
            let refusal = try #require(second.answer())
            #expect(refusal.status == 503)
            #expect(refusal.headers["retry-after"] == "1")
            sink.release()
            #expect(first.answer()?.status == 200)
            sink.behave(.store)
            let third = try RawClient(port: server.port)
            third.send(post(large))
            #expect(third.answer()?.status == 200)
        }
    }

    @Test func `one connection too many is told to come back`() async throws {
        try await serve(RecordingSink(), { $0.connectionLimit = 2 }) { server, sink in
            let clients = try (0..<2).map { _ in try RawClient(port: server.port) }
            for client in clients {
                client.send(post(Sample.protobuf))
                #expect(client.answer()?.status == 200)
            }
            let extra = try RawClient(port: server.port)
            let refusal = try #require(extra.answer())
            #expect(refusal.status == 503)
            #expect(refusal.headers["retry-after"] == "5")
            #expect(extra.isClosed())
            #expect(server.counters.refusedConnections == 1)
            clients[0].send(post(Sample.protobuf))
            #expect(clients[0].answer()?.status == 200)
        }
    }

    @Test func `patience ends for slow bodies and for idle connections`() async throws {
        try await serve(
            RecordingSink(),
            {
                $0.requestTimeout = .milliseconds(300)
                $0.idleTimeout = .seconds(1)
            }
        ) { server, sink in
            let slow = try RawClient(port: server.port)
            slow.send(post(Sample.protobuf).dropLast(5))
            #expect(slow.answer()?.status == 408)
            #expect(slow.isClosed())
            let idle = try RawClient(port: server.port)
            #expect(idle.isClosed())
            let used = try RawClient(port: server.port)
            used.send(post(Sample.protobuf))
            #expect(used.answer()?.status == 200)
            #expect(used.isClosed())
        }
    }

    @Test func `a head that comes in drops is not waited for longer`() async throws {
        try await serve(RecordingSink(), { $0.idleTimeout = .milliseconds(400) }) { server, _ in
            let client = try RawClient(port: server.port)
            client.send("POST /v1/traces HTTP/1.1\r\nX-Drops: ")
            // Counted, not timed: what a busy machine keeps from sending in time is fewer drops.
            var drops = 0
            while client.send("x"), drops < 160 {
                drops += 1
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(drops < 120)
        }
    }

    @Test func `an allowed web page may send spans`() async throws {
        try await serve(RecordingSink(), { $0.allowedOrigins = ["https://shop.example"] }) { server, sink in
            let client = try RawClient(port: server.port)
            client.send(
                "OPTIONS /v1/traces HTTP/1.1\r\nHost: localhost\r\nOrigin: https://shop.example\r\n"
                    + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n")
            let preflight = try #require(client.answer())
            #expect(preflight.status == 204)
            #expect(preflight.headers["access-control-allow-origin"] == "https://shop.example")
            #expect(preflight.headers["access-control-allow-headers"] == "content-type")
            client.send(post(Sample.json, type: "application/json", headers: "Origin: https://shop.example\r\n"))
            let answer = try #require(client.answer())
            #expect(answer.status == 200)
            #expect(answer.headers["access-control-allow-origin"] == "https://shop.example")
        }
    }

    @Test func `a shutdown answers the requests that were begun`() async throws {
        let sink = RecordingSink(.hold)
        let server = try await IngestServer.start(.otlpHTTP, address: "127.0.0.1", port: 0, sink: sink)
        let idle = try RawClient(port: server.port)
        let busy = try RawClient(port: server.port)
        busy.send(post(Sample.protobuf))
        while sink.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let port = server.port
        async let end: Void = server.shutdown()
        #expect(idle.isClosed())
        sink.release()
        #expect(busy.answer()?.status == 200)
        #expect(busy.isClosed())
        await end
        #expect(throws: (any Error).self) { try RawClient(port: port) }
    }

    @Test func `a shutdown does not wait for ever, and a late sink does no harm`() async throws {
        let sink = RecordingSink(.hold)
        let server = try await IngestServer.start(.otlpHTTP, address: "127.0.0.1", port: 0, sink: sink)
        let client = try RawClient(port: server.port)
        client.send(post(Sample.protobuf))
        while sink.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        await server.shutdown(grace: .milliseconds(50))
        #expect(client.answer() == nil)
        sink.release()
    }

    @Test func `many clients at once lose nothing`() async throws {
        try await serve { server, sink in
            let body = post(Sample.protobuf)
            let port = server.port
            await withTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        guard let client = try? RawClient(port: port) else { return 0 }
                        return (0..<200).count { _ in client.send(body) && client.answer()?.status == 200 }
                    }
                }
                var successes = 0
                for await count in group { successes += count }
                #expect(successes == 1600)
            }
            #expect(sink.spans == 1600)
            #expect(server.counters.spans == 1600)
        }
    }

    @Test func `why a server cannot listen is said in a sentence`() async throws {
        try await serve { server, sink in
            let used = "127.0.0.1:\(server.port)"
            #expect(server.address == used)
            let failure = await #expect(throws: ListenFailure.addressInUse(used)) {
                _ = try await IngestServer.start(.otlpHTTP, address: "127.0.0.1", port: server.port, sink: sink)
            }
            #expect(failure?.description == "cannot listen on \(used): address already in use")
            await #expect(throws: ListenFailure.noSuchAddress("192.0.2.1:0")) {
                _ = try await IngestServer.start(.otlpHTTP, address: "192.0.2.1", port: 0, sink: sink)
            }
            await #expect(throws: ListenFailure.noSuchAddress("no.such.host.invalid:0")) {
                _ = try await IngestServer.start(.otlpHTTP, address: "no.such.host.invalid", port: 0, sink: sink)
            }
            await #expect(throws: ListenFailure.other("127.0.0.1:70000", reason: "no such port")) {
                _ = try await IngestServer.start(.otlpHTTP, address: "127.0.0.1", port: 70000, sink: sink)
            }
        }
    }
}

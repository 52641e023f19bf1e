import OTLPCoding
import Testing

@testable import TraceIngest

@Suite(.serialized) struct `Tokens and pages` {
    @Test(arguments: [
        (["Bearer 예매"], false), (["Bearer s3cret"], true), (["bearer s3cret"], true), (["Bearer s3cre"], false),
        (["Bearer s3cret "], false), (["Basic s3cret"], false), ([], false),
        (["Bearer s3cret", "Bearer s3cret"], false),
        (["Bearer "], false), (["s3cret"], false),
    ])
    func `a token is carried by one header`(headers: [String], isCarried: Bool) throws {
        #expect(try #require(BearerToken(" s3cret\n")).isCarried(by: headers) == isCarried)
    }

    @Test(arguments: ["", " \n", "two words", "비밀"]) func `what a header cannot hold is no token`(text: String) {
        #expect(BearerToken(text) == nil)
    }

    @Test func `without its token nobody sends spans, over HTTP and gRPC`() async throws {
        var settings = ServerSettings()
        settings.token = BearerToken("s3cret")
        settings.threads = 1
        let sink = RecordingSink()
        let http = try await IngestServer.start(
            .otlpHTTP, address: "127.0.0.1", port: 0, sink: sink, settings: settings)
        let client = try RawClient(port: http.port)
        client.send(Sample.post(Sample.protobuf))
        let answer = try #require(client.answer())
        #expect(answer.status == 401)
        #expect(answer.headers["www-authenticate"] == "Bearer")
        #expect(answer.type == "application/x-protobuf")
        client.send(Sample.post(Sample.protobuf, headers: "Authorization: Bearer s3cret\r\n"))
        #expect(client.answer()?.status == 200)
        #expect(http.counters.failures == [.unauthenticated: 1])
        await http.shutdown(grace: .milliseconds(200))

        let grpc = try await IngestServer.start(
            .otlpGRPC, address: "127.0.0.1", port: 0, sink: sink, settings: settings)
        let caller = try await GRPCClient(port: grpc.port)
        #expect(try await caller.call(GRPCClient.framed(Sample.protobuf))["grpc-status"] == "16")
        let carried = try await caller.call(GRPCClient.framed(Sample.protobuf), ["authorization": "Bearer s3cret"])
        #expect(carried["grpc-status"] == "0")
        #expect(sink.spans == 2)
        await caller.close()
        await grpc.shutdown(grace: .milliseconds(200))
    }

    @Test func `pages are shown to GET and HEAD, and to names of this machine only`() async throws {
        let pages: [String: @Sendable () -> HTTPPage] = [
            "/healthz": { HTTPPage(isFine: false, type: "application/json", text: "{}") },
            "/metrics": { HTTPPage(type: "text/plain", text: "a 1\n") },
        ]
        let server = try await IngestServer.start(
            .admin(pages), address: "127.0.0.1", port: 0, sink: RecordingSink())
        let client = try RawClient(port: server.port)
        client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let metrics = try #require(client.answer())
        #expect(metrics.status == 200)
        #expect(metrics.type == "text/plain")
        #expect(metrics.text == "a 1\n")
        client.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(client.answer(hasBody: false)?.status == 503)
        client.send("POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        let refused = try #require(client.answer())
        #expect(refused.status == 405)
        #expect(refused.headers["allow"] == "GET")
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(client.answer()?.text.contains("there is only /healthz and /metrics") == true)
        client.send("GET /metrics HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        #expect(client.answer()?.status == 403)
        await server.shutdown(grace: .milliseconds(200))
    }
}

import NIOCore
import NIOHTTP1
import OTLPCoding
import Testing

@testable import TraceIngest

@Suite struct `HTTP rules` {
    private func head(
        _ method: HTTPMethod = .POST, _ path: String = "/v1/traces", _ headers: [(String, String)]
    ) -> HTTPRequestHead {
        HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: HTTPHeaders(headers))
    }

    private func status(_ head: HTTPRequestHead, settings: ServerSettings = ServerSettings(), isLoopback: Bool = true)
        -> UInt
    {
        switch HTTPRules(settings: settings, isLoopback: isLoopback).judge(head) {
        case .read: 0
        case .answer(let answer): answer.status.code
        }
    }

    private let usual = [("host", "localhost:4318"), ("content-type", "application/x-protobuf")]

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST:4318", true), ("localhost.", true), ("shop.localhost:1", true),
        ("127.0.0.1", true), ("127.8.9.10:4318", true), ("[::1]:4318", true), ("host.docker.internal:4318", true),
        ("evil.example", false), ("127.0.0.1.evil.example", false), ("localhost.evil.example:4318", false),
        ("192.168.0.1", false), ("", false), ("127.0.0.256", false), ("[::2]", false), ("128.0.0.1", false),
        ("collector", false),
    ])
    func `a loopback server answers to names of this machine only`(host: String, isAllowed: Bool) {
        let head = head(.POST, "/v1/traces", [("host", host), usual[1]])
        #expect(status(head) == (isAllowed ? 0 : 403))
        #expect(status(head, isLoopback: false) == 0)
        var settings = ServerSettings()
        settings.allowedHosts = ["collector"]
        #expect(status(head, settings: settings) == (isAllowed || host == "collector" ? 0 : 403))
    }

    @Test func `a host must be named, once, except by HTTP 1_0`() {
        #expect(status(head(.POST, "/v1/traces", [usual[1]])) == 400)
        #expect(status(head(.POST, "/v1/traces", [usual[0], usual[0], usual[1]])) == 400)
        var old = head(.POST, "/v1/traces", [usual[1]])
        old.version = .http1_0
        #expect(status(old) == 0)
    }

    @Test func `web pages are refused unless they are allowed`() {
        let request = head(.POST, "/v1/traces", usual + [("origin", "https://shop.example")])
        #expect(status(request) == 403)
        var settings = ServerSettings()
        settings.allowedOrigins = ["https://shop.example"]
        #expect(status(request, settings: settings) == 0)
        #expect(status(head(.POST, "/v1/traces", usual + [("origin", "null")]), settings: settings) == 403)

        let preflight = head(
            .OPTIONS, "/v1/traces",
            [usual[0], ("origin", "https://shop.example"), ("access-control-request-method", "POST")])
        #expect(status(preflight) == 403)
        #expect(status(preflight, settings: settings) == 204)
        settings.allowedOrigins = ["*"]
        #expect(status(preflight, settings: settings) == 204)
    }

    @Test(
        arguments: [
            ("/v1/traces?x=1", 0), ("http://localhost:4318/v1/traces", 0), ("HTTP://localhost/v1/traces?y", 0),
            ("/", 404), ("/v1/traces/", 404), ("/V1/TRACES", 404), ("/v1/metrics", 404), ("/v1/logs", 404),
            ("http://localhost", 404), ("*", 404), ("", 404),
        ] as [(String, UInt)])
    func `spans are taken at one path`(path: String, expected: UInt) {
        #expect(status(head(.POST, path, usual)) == expected)
    }

    @Test(arguments: [HTTPMethod.GET, .PUT, .HEAD, .DELETE, .OPTIONS, .CONNECT, .RAW(value: "BREW")])
    func `spans are taken by one method`(method: HTTPMethod) {
        guard
            case .answer(let answer) = HTTPRules(settings: .init(), isLoopback: true).judge(
                head(method, "/v1/traces", usual))
        else {
            Issue.record("read")
            return
        }
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers.contains { $0 == ("allow", "POST") })
    }

    @Test(arguments: [
        ("application/x-protobuf", OTLPEncoding.protobuf), ("Application/JSON; charset=utf-8", .json),
        ("application/json;charset=utf-8", .json), (" application/x-protobuf ;x", .protobuf), ("text/plain", nil),
        ("application/x-protobuf-2", nil), ("", nil), ("application/protobuf", nil),
        ("application/json, application/json", nil),
    ])
    func `the type is protobuf or JSON`(type: String, encoding: OTLPEncoding?) {
        #expect(HTTPRules.encoding(of: head(.POST, "/", [("content-type", type)])) == encoding)
        #expect(status(head(.POST, "/v1/traces", [usual[0], ("content-type", type)])) == (encoding == nil ? 415 : 0))
    }

    @Test(
        arguments: [
            ("gzip", 0), ("GZIP", 0), ("x-gzip", 0), ("deflate", 0), ("identity", 0), ("", 0), ("zstd", 415),
            ("br", 415),
            ("gzip, gzip", 415), ("gzip,deflate", 415),
        ] as [(String, UInt)])
    func `the coding is one of three`(coding: String, expected: UInt) {
        #expect(status(head(.POST, "/v1/traces", usual + [("content-encoding", coding)])) == expected)
    }

    @Test func `a body that says it is too long is not read`() {
        var settings = ServerSettings()
        settings.bodyLimit = 10
        #expect(status(head(.POST, "/v1/traces", usual + [("content-length", "10")]), settings: settings) == 0)
        #expect(status(head(.POST, "/v1/traces", usual + [("content-length", "11")]), settings: settings) == 413)
    }

    @Test func `no other expectation than to continue is met`() {
        #expect(status(head(.POST, "/v1/traces", usual + [("expect", "100-Continue")])) == 0)
        #expect(status(head(.POST, "/v1/traces", usual + [("expect", "a miracle")])) == 417)
    }
}

@Suite struct `HTTP exchange` {
    private static var settings: ServerSettings {
        var settings = ServerSettings()
        settings.bodyLimit = 10
        return settings
    }

    private let rules = HTTPRules(settings: settings, isLoopback: true)
    private let head = HTTPRequestHead(
        version: .http1_1, method: .POST, uri: "/v1/traces",
        headers: ["host": "localhost", "content-type": "application/x-protobuf"])
    private let success = HTTPAnswer.success(OTLPReply(), .protobuf)

    private func status(_ action: HTTPExchange.Action) -> UInt? {
        if case .answer(let answer) = action { answer.status.code } else { nil }
    }

    @Test func `a request is received, stored and answered, and the next one may come`() {
        var exchange = HTTPExchange(rules)
        for _ in 0..<2 {
            #expect(exchange.head(head) == .nothing)
            #expect(exchange.body(10) == .keep)
            guard case .read(let plan) = exchange.end() else {
                Issue.record("not read")
                return
            }
            #expect(plan.encoding == .protobuf)
            #expect(exchange.phase == .storing)
            #expect(exchange.timedOut() == .nothing)
            #expect(exchange.complete(success) == .answer(success))
            #expect(exchange.phase == .idle)
            #expect(exchange.complete(success) == .nothing)
        }
    }

    @Test func `a body that grows too long is answered at once and thrown away`() {
        var exchange = HTTPExchange(rules)
        _ = exchange.head(head)
        #expect(exchange.body(6) == .keep)
        #expect(status(exchange.body(6)) == 413)
        #expect(exchange.phase == .draining)
        #expect(exchange.body(6) == .close)
        #expect(exchange.body(6) == .nothing)
        #expect(exchange.end() == .nothing)
    }

    @Test func `a refused request leaves the connection usable`() {
        var exchange = HTTPExchange(rules)
        var other = head
        other.uri = "/"
        guard case .answer(let answer) = exchange.head(other) else {
            Issue.record("not answered")
            return
        }
        #expect(answer.status == .notFound)
        #expect(!answer.closes)
        #expect(exchange.body(5) == .nothing)
        #expect(exchange.end() == .nothing)
        #expect(exchange.phase == .idle)
    }

    @Test(arguments: [("connection", "close"), ("upgrade", "h2c"), ("expect", "a miracle")])
    func `some requests are the last of their connection`(name: String, value: String) {
        var exchange = HTTPExchange(rules)
        var last = head
        last.headers.add(name: name, value: value)
        _ = exchange.head(last)
        if exchange.phase == .receiving {
            _ = exchange.end()
            guard case .answer(let answer) = exchange.complete(success) else {
                Issue.record("not answered")
                return
            }
            #expect(answer.closes)
        } else {
            #expect(exchange.end() == .close)
        }
        #expect(exchange.phase == .closed)
        #expect(exchange.head(head) == .nothing)
    }

    @Test func `what is not HTTP is answered once`() {
        for (error, expected) in [
            (HTTPParserError.headerOverflow, 431), (.invalidVersion, 400), (.invalidMethod, 400),
            (.unexpectedContentLength, 400),
        ] as [(HTTPParserError, UInt)] {
            var exchange = HTTPExchange(rules)
            #expect(status(exchange.malformed(error)) == expected)
            #expect(exchange.phase == .closed)
            #expect(exchange.malformed(error) == .nothing)
        }
        var refused = HTTPExchange(rules)
        var other = head
        other.uri = "/"
        _ = refused.head(other)
        #expect(refused.malformed(HTTPParserError.invalidChunkSize) == .close)
    }

    @Test func `patience ends`() {
        var exchange = HTTPExchange(rules)
        #expect(exchange.timedOut() == .close)
        exchange = HTTPExchange(rules)
        _ = exchange.head(head)
        #expect(status(exchange.timedOut()) == 408)
        #expect(exchange.phase == .closed)
    }
}

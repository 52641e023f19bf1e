import OTLPCoding
import Testing

@Suite struct ForeignFormatTests {
    /// One line a span: `service scope kind name trace/span<parent status attributes [links]`.
    private func describe(_ request: OTLPRequest) throws -> [String] {
        let batch = try OTLPBatch.decode(protobuf: request.encoded())
        return request.resources.flatMap { resource in
            resource.scopes.flatMap { scope in
                scope.spans.map { span in
                    let service = resource.attributes.first { $0.0 == "service.name" }.map { "\($0.1)" } ?? "-"
                    let attributes = span.attributes.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
                    return "\(service) \(span.kind) \(span.name) \(span.trace.low)/\(span.id.bits)<\(span.parent.bits) "
                        + "\(span.start)+\(span.end - span.start) \(span.status) \(attributes)"
                        + span.links.map { " -> \($0.trace.low)/\($0.span.bits)" }.joined()
                }
            }
        } + (batch.rejected.count > 0 ? ["rejected \(batch.rejected.count)"] : [])
    }

    @Test func `Zipkin's spans keep service, kind, tags and the other end`() throws {
        let json = """
            [{"traceId":"000000000000000a","id":"1","name":"get /orders","kind":"CLIENT","timestamp":1768467600000000,
              "duration":250,"localEndpoint":{"serviceName":"웹"},"remoteEndpoint":{"serviceName":"order"},
              "tags":{"http.method":"GET","error":"503"},"annotations":[{"timestamp":1768467600000100,"value":"retry"}],
              "debug":true,"unknown":[1,{"a":null}]},
             {"traceId":"0000000000000000000000000000000a","id":"1","kind":"SERVER","shared":true,
              "localEndpoint":{"serviceName":"order"},"timestamp":1768467600000050},
             {"traceId":"a","parentId":"1","id":"2","name":"send","kind":"PRODUCER","localEndpoint":{"serviceName":"order"},
              "tags":{"kafka.topic":"주문"}},
             {"traceId":"","id":"3"}, {"id":"zz","traceId":"a"}]
            """
        let request = try ZipkinJSON.request(Array(json.utf8))
        let lines = try describe(request)
        #expect(
            lines[0]
                == "웹 client get /orders 10/1<0 1768467600000000000+250000 error "
                + "http.method=GET error=503 peer.service=order")
        #expect(lines[1] == "order server  10/\(~UInt64(1))<1 1768467600000050000+0 unset ")
        #expect(lines[2] == "order producer send 10/2<1 0+0 unset kafka.topic=주문")
        #expect(lines.last == "rejected 2")
        #expect(request.resources[0].scopes[0].spans[0].events.map(\.name) == ["retry"])
        #expect(throws: OTLPDecodeFailure(problem: "Zipkin spans are a list", offset: 0)) {
            try ZipkinJSON.request(Array("{}".utf8))
        }
    }

    @Test func `traces that Jaeger saved keep parents, links, tags and processes`() throws {
        let json = """
            {"data":[{"traceID":"a","spans":[
              {"traceID":"a","spanID":"1","operationName":"주문 send","references":[],"startTime":1768467600000000,"duration":10,
               "tags":[{"key":"span.kind","type":"string","value":"producer"},{"key":"n","type":"int64","value":3},
                       {"key":"error","type":"bool","value":true},{"key":"otel.scope.name","type":"string","value":"s"}],
               "logs":[{"timestamp":1768467600000001,"fields":[{"key":"event","type":"string","value":"full"}]}],"processID":"p1"},
              {"traceID":"a","spanID":"2","operationName":"주문 process","processID":"p2","startTime":1,"duration":1,"tags":[],
               "references":[{"refType":"CHILD_OF","traceID":"a","spanID":"9"},{"refType":"FOLLOWS_FROM","traceID":"b","spanID":"1"}]}],
             "processes":{"p1":{"serviceName":"주문","tags":[{"key":"host","type":"string","value":"h"}]},"p2":{"serviceName":"알림","tags":[]}}}],
             "total":0,"errors":null}
            """
        let request = try JaegerJSON.request(Array(json.utf8))
        let lines = try describe(request)
        #expect(
            lines[0].hasPrefix("주문 producer 주문 send 10/1<0 1768467600000000000+10000 error span.kind"))
        #expect(lines[0].contains("n=3"))
        #expect(lines[1] == "알림 internal 주문 process 10/2<9 1000+1000 unset  -> 11/1")
        #expect(request.resources[0].scopes[0].name == "s")
        #expect(request.resources[0].attributes.contains { $0.0 == "host" })
        #expect(request.resources[0].scopes[0].spans[0].events.map(\.name) == ["full"])
    }

    @Test(arguments: [
        (#"{"resourceSpans":[]}"#, TraceDocument.Format.otlp), (#"{"data":[{"traceID":"a"}]}"#, .jaeger),
        (#" {"traceID":"a","spans":[],"processes":{}}"#, .jaeger), (#"[{"traceId":"a","id":"1"}]"#, .zipkin),
        ("[]", .zipkin),
        (#"[{"traceID":"a","spans":[]}]"#, .jaeger), ("{}", .otlp), ("nonsense", .otlp),
    ])
    func `a document's format is told by its shape`(json: String, format: TraceDocument.Format) {
        #expect(TraceDocument.format(of: Array(json.utf8)) == format)
    }

    @Test func `a text with too many values is refused before it fills the memory`() {
        let json = "[" + String(repeating: "1,", count: 2_000_001) + "1]"
        #expect(throws: OTLPDecodeFailure.self) { try ZipkinJSON.request(Array(json.utf8)) }
    }

    private func line(_ json: String, _ mapping: String = "") throws -> String {
        switch try CorrelationLog(mapping: mapping).read(Array(json.utf8)) {
        case .span(let span, let service):
            return "\(service) \(span.kind) \(span.name) \(span.start)+\(span.end - span.start) \(span.status) "
                + span.attributes.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
        case .other: return "other"
        case .problem(let problem): return problem
        }
    }

    @Test func `a line of a log becomes a span by the mapping`() throws {
        #expect(
            try line(
                #"{"ts":"2026-01-15T18:00:00.25+09:00","svc":"주문","ctx":{"req":"예매-1"},"did":"Published","topic":"주문.완료","took":1.5}"#,
                "correlation=ctx.req, service=svc,action=did,channel=topic,time=ts,duration=took")
                == "주문 producer send 주문.완료 1768467600250000000+1500000 unset "
                + "messaging.message.conversation_id=예매-1 messaging.destination.name=주문.완료 "
                + "messaging.operation.type=send")
        #expect(
            try line(
                #"{"time":1768467600250,"service":"gateway","correlation":7,"action":"call","channel":"order","error":"timeout"}"#
            )
                == "gateway client call order 1768467600250000000+0 error "
                + "messaging.message.conversation_id=7 peer.service=order")
    }

    @Test(arguments: [
        (#"{"msg":"started"}"#, "other"), ("nonsense", "expected a value at byte 0"),
        ("[]", "a line of a correlation log is a JSON object"),
        (#"{"action":"jump"}"#, "'action' is 'jump': it wants publish, receive, process or call"),
        (#"{"action":"publish","correlation":"c","service":"s","time":1}"#, "'channel' is missing"),
        (
            #"{"action":"publish","correlation":"c","service":"s","channel":"q","time":"noon"}"#,
            "'time' is neither RFC 3339 nor a number since 1970"
        ),
    ])
    func `a line that cannot be used says why`(json: String, problem: String) throws {
        #expect(try line(json) == problem)
    }

    @Test func `a mapping that names no field is refused`() {
        #expect(throws: CorrelationLog.MappingFailure.self) { try CorrelationLog(mapping: "correlation") }
        #expect(throws: CorrelationLog.MappingFailure.self) { try CorrelationLog(mapping: "color=red") }
    }

    @Test func `the same line is the same span, and another line another`() throws {
        func ids(_ json: String) throws -> [UInt64] {
            guard case .span(let span, _) = CorrelationLog().read(Array(json.utf8)) else { return [] }
            return [span.trace.high, span.trace.low, span.id.bits]
        }
        let line = #"{"action":"publish","correlation":"c","service":"s","channel":"q","time":1768467600}"#
        #expect(try ids(line) == ids(line))
        let other = try ids(line.replacing("\"q\"", with: "\"r\""))
        #expect(try ids(line)[0] == other[0])
        #expect(try ids(line)[2] != other[2])
    }

    @Test(
        arguments: [
            ("2026-01-15T09:00:00Z", 1_768_467_600_000_000_000),
            ("2026-01-15 18:00:00.123456789+0900", 1_768_467_600_123_456_789),
            ("1768467600", 1_768_467_600_000_000_000), ("1768467600250", 1_768_467_600_250_000_000),
            ("1768467600250000", 1_768_467_600_250_000_000), ("1768467600250000001", 1_768_467_600_250_000_001),
            ("2024-02-29T23:59:59-01:00", 1_709_254_799_000_000_000),
        ] as [(String, UInt64)])
    func `times of every usual kind are read`(text: String, nanoseconds: UInt64) throws {
        let json = #"{"action":"publish","correlation":"c","service":"s","channel":"q","time":"\#(text)"}"#
        guard case .span(let span, _) = CorrelationLog().read(Array(json.utf8)) else {
            Issue.record("no span of \(text)")
            return
        }
        #expect(span.start == nanoseconds)
    }

    @Test(arguments: [
        "9999-12-31T23:59:59Z", "2554-07-21T23:34:34Z", "99999999999", "50000000000.5", "90000000000000.5", "1e300",
    ])
    func `a time beyond what nanoseconds can say is refused`(text: String) throws {
        let json = #"{"action":"publish","correlation":"c","service":"s","channel":"q","time":"\#(text)"}"#
        #expect(try line(json) == "'time' is neither RFC 3339 nor a number since 1970")
    }
}

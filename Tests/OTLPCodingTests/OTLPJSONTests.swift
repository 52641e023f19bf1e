import Testing

@testable import OTLPCoding

@Suite struct `OTLP JSON` {
    /// A request with one span whose members come after its ids.
    private func request(_ members: String) -> String {
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{
        "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",\(members)}]}]}]}
        """
    }

    @Test func `every field of a request is taken over`() throws {
        let json = """
            {"resourceSpans":[{
              "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"주문-\\uC11C\\uBE44\\uC2A4"}}],
                          "droppedAttributesCount":1},
              "schemaUrl":"https://opentelemetry.io/schemas/1.30.0",
              "scopeSpans":[{"scope":{"name":"kafka","version":"1.2","attributes":[]},"spans":[{
                "traceId":"5b8efff798038103d269b633813fc60c","spanId":"EEE19B7EC3C1B174",
                "parentSpanId":"eee19b7ec3c1b173","traceState":"vendor=1","flags":769,
                "name":"order.placed","kind":4,
                "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,
                "attributes":[
                  {"key":"a","value":{"stringValue":"x"}},{"key":"b","value":{"boolValue":true}},
                  {"key":"c","value":{"intValue":"-9223372036854775808"}},{"key":"d","value":{"intValue":7}},
                  {"key":"e","value":{"doubleValue":1.5e3}},{"key":"f","value":{"doubleValue":"-Infinity"}},
                  {"key":"g","value":{"bytesValue":"AAEC/w=="}},{"key":"h","value":{}},{"key":"i","value":null},
                  {"key":"j","value":{"arrayValue":{"values":[{"boolValue":false},{"intValue":"1"}]}}},
                  {"key":"k","value":{"kvlistValue":{"values":[{"key":"x","value":{"stringValue":"y"}}]}}}],
                "droppedAttributesCount":2,"droppedEventsCount":"3","droppedLinksCount":0,
                "events":[{"timeUnixNano":"5","name":"exception","attributes":[],"droppedAttributesCount":0}],
                "links":[{"traceId":"00000000000000010000000000000002","spanId":"0000000000000009",
                          "traceState":"","attributes":[{"key":"l","value":{"stringValue":"1"}}],"flags":1}],
                "status":{"message":"no","code":2}}]}]}]}
            """
        let batch = try OTLPBatch.decode(protobuf: OTLPJSON.transcode(Array(json.utf8)))
        let span = try #require(batch.spans.first)
        #expect(batch.attributes[batch.resources[0].attributes].map { batch.value($0.value) } == ["주문-서비스"])
        #expect(span.trace == Fixture.trace)
        #expect(span.span == SpanID(bits: 0xeee1_9b7e_c3c1_b174))
        #expect(span.parent == SpanID(bits: 0xeee1_9b7e_c3c1_b173))
        #expect(batch.string(span.traceState) == "vendor=1")
        #expect(span.flags == 769)
        #expect(batch.string(span.name) == "order.placed")
        #expect(span.kind == .producer)
        #expect(span.start == 1_544_712_660_000_000_000)
        #expect(span.end == 1_544_712_661_000_000_000)
        #expect(span.status == .error)
        #expect(batch.string(span.statusMessage) == "no")
        #expect(batch.string(span.scopeName) == "kafka")
        #expect(batch.string(span.scopeVersion) == "1.2")
        let values = batch.attributes[span.attributes].map { batch.value($0.value) }
        #expect(
            values == [
                "x", true, .int(.min), 7, 1500.0, .double(-.infinity), .bytes([0, 1, 2, 255]), .empty, .empty,
                [false, 1], .map([("x", "y")]),
            ])
        #expect(batch.events(of: span).map(\.time) == [5])
        #expect(batch.links.map(\.span) == [SpanID(bits: 9)])
        #expect(batch.attributes[batch.links[0].attributes].count == 1)
    }

    @Test(arguments: [
        (#""kind":2,"kind":3"#, "last"), (#""kind":3.0"#, "a whole number with a fraction"),
        (#""kind":3,"start_time_unix_nano":"1""#, "snake_case is unknown"),
        (#""kind":3,"start_time_unix_nano":[{}]"#, "and of any type"),
        (#""kind":3,"notAField":{"a":[1,{"b":null}]}"#, "unknown"),
        (#""kind":3,"attributes":null,"status":null,"events":null,"name":null,"flags":null"#, "null is unset"),
        (#""\u006bind":3"#, "an escaped key"), (#" "kind" : 3 , "flags" : "1" "#, "space"),
    ])
    func `a request is read`(members: String, why: String) throws {
        let batch = try OTLPBatch.decode(protobuf: OTLPJSON.transcode(Array(request(members).utf8)))
        #expect(batch.spans.map(\.kind) == [.client], "\(why)")
        #expect(batch.spans.map(\.start) == [0])
    }

    @Test func `unknown enum numbers are unspecified`() throws {
        let json = request(#""kind":99,"status":{"code":-1}"#)
        let batch = try OTLPBatch.decode(protobuf: OTLPJSON.transcode(Array(json.utf8)))
        #expect(batch.spans.map(\.kind) == [.unspecified])
        #expect(batch.spans.map(\.status) == [.unset])
    }

    @Test(arguments: [
        (#""kind":"SPAN_KIND_SERVER""#, "'kind' is not a number"), (#""kind":"2""#, "'kind' is not a number"),
        (#""kind":1.5"#, "'kind' is out of range"), (#""kind":4294967296"#, "'kind' is out of range"),
        (#""name":5"#, "'name' is not a string"), (#""attributes":{}"#, "'attributes' is not an array"),
        (#""attributes":[null]"#, "'attributes' is not an object"), (#""status":[]"#, "'status' is not an object"),
        (#""startTimeUnixNano":"18446744073709551616""#, "'startTimeUnixNano' is out of range"),
        (#""startTimeUnixNano":-1"#, "'startTimeUnixNano' is out of range"),
        (#""startTimeUnixNano":"1x""#, "'startTimeUnixNano' is not a number"),
        (#""startTimeUnixNano":"""#, "'startTimeUnixNano' is not a number"),
        (#""startTimeUnixNano":true"#, "'startTimeUnixNano' is not a number"),
        (#""flags":4294967296"#, "'flags' is out of range"),
        (#""parentSpanId":"abc""#, "'parentSpanId' is not a string of hexadecimal digits"),
        (#""parentSpanId":"W47/95gDgQM=""#, "'parentSpanId' is not a string of hexadecimal digits"),
        (#""attributes":[{"key":"a","value":{"boolValue":"true"}}]"#, "'boolValue' is not true or false"),
        (#""attributes":[{"key":"a","value":{"bytesValue":"A"}}]"#, "'bytesValue' is not a string in base64"),
        (#""attributes":[{"key":"a","value":{"doubleValue":1e999}}]"#, "'doubleValue' is out of range"),
        (#""attributes":[{"key":"a","value":{"doubleValue":"nan"}}]"#, "'doubleValue' is not a number"),
        (#""attributes":[{"key":"a","value":{"intValue":9223372036854775808}}]"#, "'intValue' is out of range"),
        (
            #""attributes":[{"key":"a","value":{"intValue":1,"stringValue":"x"}}]"#,
            "an attribute has more than one value"
        ),
        (#""attributes":[{"key":"a","value":{},"value":{}}]"#, "an attribute has more than one value"),
        (#""name":"\ud800""#, "a string contains half of a surrogate pair"),
        (#""name":"\ud800\u0041""#, "a string contains half of a surrogate pair"),
        (#""name":"\q""#, "a string contains an invalid escape"),
        (#""name":"\u12""#, "a string contains an invalid escape"),
        ("\"name\":\"a\tb\"", "a string contains an unescaped control character"),
        (#""name":"a","#, "expected a key in quotes"), (#""name" "a""#, "expected ':'"),
        (#""zzz":[1,]"#, "expected a value"), (#""zzz":01"#, "expected ',' or '}'"),
        (#""zzz":nul"#, "expected a value"),
    ])
    func `what is not OTLP is refused in words`(members: String, problem: String) {
        let error = #expect(throws: OTLPDecodeFailure.self) { try OTLPJSON.transcode(Array(request(members).utf8)) }
        #expect(error?.problem == problem)
    }

    @Test(arguments: [
        ("", "the JSON text ends too early at byte 0"), ("{", "the JSON text ends too early at byte 1"),
        ("[]", "'the request' is not an object at byte 0"), ("{} {}", "something follows the JSON value at byte 3"),
        (#"{"resourceSpans":[{},5]}"#, "'resourceSpans' is not an object at byte 21"),
    ])
    func `the place is named`(json: String, sentence: String) {
        let error = #expect(throws: OTLPDecodeFailure.self) { try OTLPJSON.transcode(Array(json.utf8)) }
        #expect(error?.description == sentence)
    }

    @Test(arguments: ["[", #"{"a":"#])
    func `depth is bounded, also where nothing is kept`(opening: String) throws {
        let deep = String(repeating: opening, count: 100_000)
        for json in [deep, #"{"zzz":"# + deep, #"{"resourceSpans":"# + deep] {
            #expect(throws: OTLPDecodeFailure.self) { try OTLPJSON.transcode(Array(json.utf8)) }
        }
        #expect(throws: OTLPDecodeFailure.self) { try OTLPJSON.check(Array(deep.utf8)) }
        let closing = opening == "[" ? "]" : "}"
        let inner = opening == "[" ? "" : "1"
        let allowed = String(repeating: opening, count: 256) + inner + String(repeating: closing, count: 256)
        #expect(throws: Never.self) { try OTLPJSON.check(Array(allowed.utf8)) }
    }

    @Test func `invalid UTF-8 is refused and Korean is kept`() throws {
        var json = Array(request(#""name":"주문""#).utf8)
        let batch = try OTLPBatch.decode(protobuf: OTLPJSON.transcode(json))
        #expect(batch.string(batch.spans[0].name) == "주문")
        let index = try #require(json.lastIndex(of: 0xEB) ?? json.lastIndex(of: 0xEC))
        json[index] = 0xFF
        let error = #expect(throws: OTLPDecodeFailure.self) { try OTLPJSON.transcode(json) }
        #expect(error?.problem == "a string is not valid UTF-8")
    }

    @Test func `escapes become the characters they stand for`() throws {
        let json = request(#""name":"\"\\\/\b\f\n\r\t\u0000\u00e9\uD83C\uDFAB.""#)
        let batch = try OTLPBatch.decode(protobuf: OTLPJSON.transcode(Array(json.utf8)))
        #expect(batch.string(batch.spans[0].name) == "\"\\/\u{8}\u{C}\n\r\t\u{0}é🎫.")
    }

    @Test func `damaged text is refused or read, never a crash`() throws {
        let bytes = Array(request(#""name":"\uD83C\uDFABé","attributes":[{"key":"a","value":{"intValue":"1"}}]"#).utf8)
        for count in 0..<bytes.count {
            #expect(throws: OTLPDecodeFailure.self) { try OTLPJSON.transcode(Array(bytes[..<count])) }
        }
        var numbers = Numbers(state: 3)
        for _ in 0..<20_000 {
            var damaged = bytes
            for _ in 0...Int.random(in: 0...2, using: &numbers) {
                damaged[Int.random(in: damaged.indices, using: &numbers)] =
                    Array(#"{}[]":,\u0-.eEtn "#.utf8).randomElement(using: &numbers)!
            }
            guard let transcoded = try? OTLPJSON.transcode(damaged) else { continue }
            #expect(throws: Never.self) { try OTLPBatch.decode(protobuf: transcoded) }
        }
    }
}

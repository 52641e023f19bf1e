extension OTLPRequest {
    /// The binary protobuf encoding of the request, as OTLP/gRPC and OTLP/HTTP send it.
    public func encoded() -> [UInt8] {
        var writer = WireWriter()
        for resource in resources {
            writer.message(1) { writer in
                writer.message(1) { $0.attributes(1, resource.attributes) }
                for scope in resource.scopes { writer.message(2) { $0.fields(of: scope) } }
            }
        }
        return writer.bytes
    }
}

extension OTLPValue {
    /// The binary protobuf encoding of the value as an `AnyValue`.
    public func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.fields(of: self)
        return writer.bytes
    }
}

/// The messages of OTLP: field numbers are those of opentelemetry-proto 1.11 (`trace.proto`, `common.proto`).
extension WireWriter {
    fileprivate mutating func fields(of scope: OTLPScope) {
        message(1) { writer in
            writer.nonEmptyString(1, scope.name)
            writer.nonEmptyString(2, scope.version)
        }
        for span in scope.spans { message(2) { $0.fields(of: span) } }
    }

    fileprivate mutating func fields(of span: OTLPSpan) {
        trace(1, span.trace)
        self.span(2, span.id)
        nonEmptyString(3, span.traceState)
        if !span.parent.isZero { self.span(4, span.parent) }
        nonEmptyString(5, span.name)
        if span.kind != .unspecified { number(6, UInt64(span.kind.rawValue)) }
        tag(7, 1)
        fixed64(span.start)
        tag(8, 1)
        fixed64(span.end)
        attributes(9, span.attributes)
        for event in span.events { message(11) { $0.fields(of: event) } }
        for link in span.links { message(13) { $0.fields(of: link) } }
        if span.status != .unset || !span.statusMessage.isEmpty {
            message(15) { writer in
                writer.nonEmptyString(2, span.statusMessage)
                if span.status != .unset { writer.number(3, UInt64(span.status.rawValue)) }
            }
        }
        if span.flags != 0 {
            tag(16, 5)
            fixed32(span.flags)
        }
    }

    private mutating func fields(of event: OTLPEvent) {
        tag(1, 1)
        fixed64(event.time)
        nonEmptyString(2, event.name)
        attributes(3, event.attributes)
    }

    private mutating func fields(of link: OTLPLink) {
        trace(1, link.trace)
        span(2, link.span)
        attributes(4, link.attributes)
    }

    fileprivate mutating func attributes(_ field: UInt32, _ attributes: [(String, OTLPValue)]) {
        for (key, value) in attributes {
            message(field) { writer in
                writer.string(1, key)
                writer.message(2) { $0.fields(of: value) }
            }
        }
    }

    fileprivate mutating func fields(of value: OTLPValue) {
        switch value {
        case .string(let text): string(1, text)
        case .bool(let flag): number(2, flag ? 1 : 0)
        case .int(let value): number(3, UInt64(bitPattern: value))
        case .double(let value):
            tag(4, 1)
            fixed64(value.bitPattern)
        case .array(let elements):
            message(5) { writer in
                for element in elements { writer.message(1) { $0.fields(of: element) } }
            }
        case .map(let entries): message(6) { $0.attributes(1, entries) }
        case .bytes(let content): data(7, content)
        case .empty: break
        }
    }

    mutating func number(_ field: UInt32, _ value: UInt64) {
        tag(field, 0)
        varint(value)
    }

    private mutating func trace(_ field: UInt32, _ trace: TraceID) {
        tag(field, 2)
        varint(16)
        bigEndian(trace.high)
        bigEndian(trace.low)
    }

    private mutating func span(_ field: UInt32, _ span: SpanID) {
        tag(field, 2)
        varint(8)
        bigEndian(span.bits)
    }
}

extension RequestWalker {
    /// `Span`, three messages inside the request. Its fields may come in any order.
    mutating func span(_ message: WireReader, resource: Int, scope: Scope) throws(WireFailure) {
        var reader = message
        var trace = Identifier()
        var id = Identifier()
        var parent = Identifier()
        let none = 0..<0
        var span = OTLPBatch.SpanView(
            trace: TraceID(high: 0, low: 0), span: SpanID(bits: 0), parent: SpanID(bits: 0), kind: .unspecified,
            status: .unset, start: 0, end: 0, flags: 0, name: .empty, statusMessage: .empty, traceState: .empty,
            scopeName: scope.name, scopeVersion: scope.version, resource: resource, attributes: none, links: none,
            events: none)
        let firstAttribute = attributes.count
        let firstLink = links.count
        let firstEvent = events.count
        pendingLinks.removeAll(keepingCapacity: true)
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: trace = Identifier(try reader.content())
            case 0x12: id = Identifier(try reader.content())
            case 0x1A: span.traceState = try text(&reader, .traceState)
            case 0x22: parent = Identifier(try reader.content())
            case 0x2A: span.name = try text(&reader, .spanName)
            case 0x30: span.kind = SpanKind(number: try reader.varint())
            case 0x39: span.start = try reader.fixed64()
            case 0x41: span.end = try reader.fixed64()
            case 0x4A: try attribute(reader.content(), depth: 4)
            case 0x5A: try event(reader.content())
            case 0x6A:
                guard pendingLinks.count < limits.elements else { throw WireFailure(.tooMany, reader.position) }
                pendingLinks.append(try reader.content())
            case 0x7A: try status(reader.content(), into: &span)
            case 0x85: span.flags = try reader.fixed32()
            case let tag: try reader.skip(tag, depth: 3, limit: limits.depth)
            }
        }
        span.attributes = firstAttribute..<attributes.count
        span.events = firstEvent..<events.count
        for link in pendingLinks { try self.link(link) }
        span.links = firstLink..<links.count

        let problem: SpanProblem
        if !trace.isTrace {
            problem = .traceID
        } else if !id.isSpan {
            problem = .spanID
        } else if !parent.isSpan && !parent.isNone {
            problem = .parentSpanID
        } else {
            span.trace = TraceID(high: trace.high, low: trace.low)
            span.span = SpanID(bits: id.high)
            span.parent = SpanID(bits: parent.high)
            guard spans.count < limits.elements else { throw WireFailure(.tooMany, reader.position) }
            spans.append(span)
            return
        }
        attributes.removeSubrange(firstAttribute...)
        links.removeSubrange(firstLink...)
        events.removeSubrange(firstEvent...)
        rejected.count += 1
        if rejected.reason == nil { rejected.reason = problem.rawValue }
    }

    /// `Status`, four messages inside the request. It may come in parts.
    private func status(_ message: WireReader, into span: inout OTLPBatch.SpanView) throws(WireFailure) {
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x12: span.statusMessage = try text(&reader, .statusMessage)
            case 0x18: span.status = SpanStatus(number: try reader.varint())
            case let tag: try reader.skip(tag, depth: 4, limit: limits.depth)
            }
        }
    }

    /// `Span.Event`, four messages inside the request: checked now, read on demand.
    private mutating func event(_ message: WireReader) throws(WireFailure) {
        guard events.count < limits.elements else { throw WireFailure(.tooMany, message.position) }
        events.append(range(message))
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x12: _ = try text(&reader, .eventName)
            case 0x1A: _ = try keyValue(reader.content(), depth: 5)
            case let tag: try reader.skip(tag, depth: 4, limit: limits.depth)
            }
        }
    }

    /// `Span.Link`, four messages inside the request. One without usable ids leads nowhere and is left out.
    private mutating func link(_ message: WireReader) throws(WireFailure) {
        var reader = message
        var trace = Identifier()
        var span = Identifier()
        let firstAttribute = attributes.count
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: trace = Identifier(try reader.content())
            case 0x12: span = Identifier(try reader.content())
            case 0x1A: _ = try text(&reader, .traceState)
            case 0x22: try attribute(reader.content(), depth: 5)
            case let tag: try reader.skip(tag, depth: 4, limit: limits.depth)
            }
        }
        guard trace.isTrace, span.isSpan else {
            attributes.removeSubrange(firstAttribute...)
            return
        }
        guard links.count < limits.elements else { throw WireFailure(.tooMany, reader.position) }
        links.append(
            OTLPBatch.LinkView(
                trace: TraceID(high: trace.high, low: trace.low), span: SpanID(bits: span.high),
                attributes: firstAttribute..<attributes.count))
    }
}

/// A `bytes` field that should be an identifier, as sent.
private struct Identifier {
    var count = 0
    var high: UInt64 = 0
    var low: UInt64 = 0

    @inline(__always) init() {}

    @inline(__always) init(_ content: WireReader) {
        count = content.remaining
        let pointer = UnsafeRawPointer(content.position)
        if count >= 8 { high = UInt64(bigEndian: pointer.loadUnaligned(as: UInt64.self)) }
        if count == 16 { low = UInt64(bigEndian: (pointer + 8).loadUnaligned(as: UInt64.self)) }
    }

    @inline(__always) var isTrace: Bool { count == 16 && high | low != 0 }
    @inline(__always) var isSpan: Bool { count == 8 && high != 0 }
    /// Not set, or all zero as some senders write it.
    @inline(__always) var isNone: Bool { count == 0 || (count == 8 && high == 0) }
}

extension SpanKind {
    @inline(__always) init(number: UInt64) {
        self = SpanKind(rawValue: UInt8(clamping: UInt32(truncatingIfNeeded: number))) ?? .unspecified
    }
}

extension SpanStatus {
    @inline(__always) init(number: UInt64) {
        self = SpanStatus(rawValue: UInt8(clamping: UInt32(truncatingIfNeeded: number))) ?? .unset
    }
}

/// Why a span cannot be used.
private enum SpanProblem: String, CaseIterable {
    case traceID = "malformed trace id"
    case spanID = "malformed span id"
    case parentSpanID = "malformed parent span id"
}

extension OTLPBatch {
    /// Every reason that a span can be rejected for.
    public static let rejectionReasons = SpanProblem.allCases.map(\.rawValue)
}

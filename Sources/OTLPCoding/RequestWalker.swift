/// One pass over an encoded request that fills a batch's arrays with views.
///
/// The schema is small and frozen, so the fields are read by hand: a `switch` over tags, field number and wire type
/// in one, so that a known field of another wire type is skipped like an unknown one. Every message is a method that
/// ends where its bytes end. Field numbers are those of opentelemetry-proto 1.11.
struct RequestWalker: ~Copyable {
    typealias Position = UnsafePointer<UInt8>
    typealias ByteRange = OTLPBatch.ByteRange

    let base: Position
    let limits: OTLPLimits
    var resources: [OTLPBatch.ResourceView] = []
    var spans: [OTLPBatch.SpanView] = []
    var attributes: [OTLPBatch.AttributeView] = []
    var links: [OTLPBatch.LinkView] = []
    var events: [ByteRange] = []
    var rejected = OTLPBatch.Rejections()
    /// The encoded links of the span at hand: read after its attributes, so that both lie together.
    var pendingLinks: [WireReader] = []
    /// Whether the value of an attribute came in parts.
    var isSplit = false

    private init(_ base: Position, count: Int, limits: OTLPLimits) {
        self.base = base
        self.limits = limits
        spans.reserveCapacity(count / 512 + 1)
        attributes.reserveCapacity(count / 48 + 8)
    }

    /// Fills the arrays of `batch`, or says why not; `isSplit` says that the request has to be joined first. Out of
    /// line and without closures: the optimiser of Swift 6.3 fails on a noncopyable walker that it inlines into one.
    @inline(never)
    static func walk(
        _ base: Position, count: Int, limits: OTLPLimits, into batch: inout OTLPBatch, isSplit: inout Bool
    ) -> OTLPDecodeFailure? {
        var walker = RequestWalker(base, count: count, limits: limits)
        do throws(WireFailure) {
            try walker.request(WireReader(base, base + count))
        } catch {
            return error.located(from: base)
        }
        batch.resources = walker.resources
        batch.spans = walker.spans
        batch.attributes = walker.attributes
        batch.links = walker.links
        batch.events = walker.events
        batch.rejected = walker.rejected
        isSplit = walker.isSplit
        return nil
    }

    /// `ExportTraceServiceRequest`
    private mutating func request(_ message: WireReader) throws(WireFailure) {
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: try resourceSpans(reader.content())
            case let tag: try reader.skip(tag, depth: 0, limit: limits.depth)
            }
        }
    }

    /// `ResourceSpans`, one message inside the request.
    private mutating func resourceSpans(_ message: WireReader) throws(WireFailure) {
        var reader = message
        let index = resources.count
        guard index < limits.elements else { throw WireFailure(.tooMany, reader.position) }
        resources.append(OTLPBatch.ResourceView(attributes: attributes.count..<attributes.count))
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: try resource(reader.content(), index: index)
            case 0x12: try scopeSpans(reader.content(), resource: index)
            case 0x1A: _ = try text(&reader, .schemaURL)
            case let tag: try reader.skip(tag, depth: 1, limit: limits.depth)
            }
        }
    }

    /// `Resource`, two messages inside the request. It may come in parts, with spans between them.
    private mutating func resource(_ message: WireReader, index: Int) throws(WireFailure) {
        var reader = message
        var owned = resources[index].attributes
        if owned.upperBound != attributes.count {
            guard attributes.count + owned.count <= limits.elements else {
                throw WireFailure(.tooMany, reader.position)
            }
            let start = attributes.count
            attributes.append(contentsOf: attributes[owned])
            owned = start..<attributes.count
        }
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: try attribute(reader.content(), depth: 3)
            case 0x1A: try entity(reader.content())
            case let tag: try reader.skip(tag, depth: 2, limit: limits.depth)
            }
        }
        resources[index].attributes = owned.lowerBound..<attributes.count
    }

    /// `EntityRef`, three messages inside the request: checked and not kept.
    private func entity(_ message: WireReader) throws(WireFailure) {
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: _ = try text(&reader, .schemaURL)
            case 0x12, 0x1A, 0x22: _ = try text(&reader, .entityReference)
            case let tag: try reader.skip(tag, depth: 3, limit: limits.depth)
            }
        }
    }

    /// `ScopeSpans`, two messages inside the request. The scope may come after its spans.
    private mutating func scopeSpans(_ message: WireReader, resource: Int) throws(WireFailure) {
        var reader = message
        var scope = Scope()
        let first = spans.count
        var complete = first
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A:
                try self.scope(reader.content(), into: &scope)
                complete = spans.count
            case 0x12: try span(reader.content(), resource: resource, scope: scope)
            case 0x1A: _ = try text(&reader, .schemaURL)
            case let tag: try reader.skip(tag, depth: 2, limit: limits.depth)
            }
        }
        for index in first..<complete {
            spans[index].scopeName = scope.name
            spans[index].scopeVersion = scope.version
        }
    }

    /// `InstrumentationScope`, three messages inside the request. Its attributes are checked and not kept.
    private mutating func scope(_ message: WireReader, into scope: inout Scope) throws(WireFailure) {
        var reader = message
        while !reader.isAtEnd {
            switch try reader.tag() {
            case 0x0A: scope.name = try text(&reader, .scopeName)
            case 0x12: scope.version = try text(&reader, .scopeVersion)
            case 0x1A: _ = try keyValue(reader.content(), depth: 4)
            case let tag: try reader.skip(tag, depth: 3, limit: limits.depth)
            }
        }
    }

    /// The fields of an `InstrumentationScope` that spans keep.
    struct Scope {
        var name = ByteRange.empty
        var version = ByteRange.empty
    }

    /// The range of a `string` field's content, checked to be UTF-8.
    @inline(__always)
    func text(_ reader: inout WireReader, _ field: TextField) throws(WireFailure) -> ByteRange {
        let content = try reader.content()
        guard isValidUTF8(content.position, content.end) else {
            throw WireFailure(.invalidUTF8(field), content.position)
        }
        return range(content)
    }

    @inline(__always)
    func range(_ content: WireReader) -> ByteRange {
        ByteRange(
            offset: UInt32(truncatingIfNeeded: content.position - base),
            count: UInt32(truncatingIfNeeded: content.remaining))
    }
}

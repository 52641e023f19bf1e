/// Writes the messages of a JSON request in the binary encoding, field by field as they come.
struct JSONTranscoder {
    var reader: JSONReader
    var writer = WireWriter()

    init(_ reader: JSONReader) {
        self.reader = reader
        writer.bytes.reserveCapacity(reader.end - reader.position)
    }

    /// `ExportTraceServiceRequest`
    mutating func request() throws(JSONFailure) {
        try object("the request") { (own, key) throws(JSONFailure) in
            switch key {
            case "resourceSpans": try own.messages(1, "resourceSpans", Self.resourceSpans)
            default: try own.reader.skip()
            }
        }
    }

    private static func resourceSpans(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "resource": try own.message(1, "resource", resource)
        case "scopeSpans": try own.messages(2, "scopeSpans", scopeSpans)
        case "schemaUrl": try own.string(3, "schemaUrl")
        default: try own.reader.skip()
        }
    }

    private static func resource(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "attributes": try own.attributes(1)
        default: try own.reader.skip()
        }
    }

    private static func scopeSpans(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "scope": try own.message(1, "scope", scope)
        case "spans": try own.messages(2, "spans", span)
        case "schemaUrl": try own.string(3, "schemaUrl")
        default: try own.reader.skip()
        }
    }

    private static func scope(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "name": try own.string(1, "name")
        case "version": try own.string(2, "version")
        case "attributes": try own.attributes(3)
        default: try own.reader.skip()
        }
    }

    private static func span(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "traceId": try own.hexadecimal(1, "traceId")
        case "spanId": try own.hexadecimal(2, "spanId")
        case "traceState": try own.string(3, "traceState")
        case "parentSpanId": try own.hexadecimal(4, "parentSpanId")
        case "name": try own.string(5, "name")
        case "kind": try own.enumeration(6, "kind")
        case "startTimeUnixNano": try own.fixed64(7, "startTimeUnixNano")
        case "endTimeUnixNano": try own.fixed64(8, "endTimeUnixNano")
        case "attributes": try own.attributes(9)
        case "droppedAttributesCount": try own.count(10, "droppedAttributesCount")
        case "events": try own.messages(11, "events", event)
        case "droppedEventsCount": try own.count(12, "droppedEventsCount")
        case "links": try own.messages(13, "links", link)
        case "droppedLinksCount": try own.count(14, "droppedLinksCount")
        case "status": try own.message(15, "status", status)
        case "flags": try own.fixed32(16, "flags")
        default: try own.reader.skip()
        }
    }

    private static func event(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "timeUnixNano": try own.fixed64(1, "timeUnixNano")
        case "name": try own.string(2, "name")
        case "attributes": try own.attributes(3)
        case "droppedAttributesCount": try own.count(4, "droppedAttributesCount")
        default: try own.reader.skip()
        }
    }

    private static func link(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "traceId": try own.hexadecimal(1, "traceId")
        case "spanId": try own.hexadecimal(2, "spanId")
        case "traceState": try own.string(3, "traceState")
        case "attributes": try own.attributes(4)
        case "droppedAttributesCount": try own.count(5, "droppedAttributesCount")
        case "flags": try own.fixed32(6, "flags")
        default: try own.reader.skip()
        }
    }

    private static func status(_ own: inout Self, _ key: JSONString) throws(JSONFailure) {
        switch key {
        case "message": try own.string(2, "message")
        case "code": try own.enumeration(3, "code")
        default: try own.reader.skip()
        }
    }

    // MARK: Messages

    typealias Member = (inout Self, JSONString) throws(JSONFailure) -> Void

    /// Reads an object; `member` reads the value of each key.
    mutating func object(_ name: StaticString, _ member: Member) throws(JSONFailure) {
        guard try reader.peek() == UInt8(ascii: "{") else {
            throw JSONFailure(.type(field: name, is: "an object"), reader.position)
        }
        try reader.open()
        var isFirst = true
        while let key = try reader.key(&isFirst) { try member(&self, key) }
    }

    /// A field that is a message; `null` leaves it out.
    mutating func message(_ field: UInt32, _ name: StaticString, _ member: Member) throws(JSONFailure) {
        if try reader.null() { return }
        let start = writer.open(field)
        try object(name, member)
        writer.close(start)
    }

    /// A field that is a list of messages; `null` is the empty list.
    mutating func messages(_ field: UInt32, _ name: StaticString, _ member: Member) throws(JSONFailure) {
        if try reader.null() { return }
        guard try reader.peek() == UInt8(ascii: "[") else {
            throw JSONFailure(.type(field: name, is: "an array"), reader.position)
        }
        try reader.open()
        var isFirst = true
        while try reader.element(&isFirst) {
            let start = writer.open(field)
            try object(name, member)
            writer.close(start)
        }
    }
}

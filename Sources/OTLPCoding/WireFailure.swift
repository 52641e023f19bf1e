/// What is wrong with an encoded message, and where: small enough to be thrown from the hottest loops.
struct WireFailure: Error {
    var problem: WireProblem
    /// The address of the byte at which it was noticed.
    var address: UInt

    @inline(__always) init(_ problem: WireProblem, _ position: UnsafePointer<UInt8>) {
        self.problem = problem
        self.address = UInt(bitPattern: position)
    }

    /// The failure with an offset from the start of the request, and in words.
    func located(from base: UnsafePointer<UInt8>) -> OTLPDecodeFailure {
        OTLPDecodeFailure(problem: problem.description, offset: Int(bitPattern: address &- UInt(bitPattern: base)))
    }
}

/// The ways in which bytes are not an `ExportTraceServiceRequest`.
enum WireProblem: CustomStringConvertible {
    case truncated
    case longNumber
    case longLength
    case fieldNumber
    case wireType
    case groupEnd
    case tooDeep
    case tooMany
    case tooLong
    case invalidUTF8(TextField)

    var description: String {
        switch self {
        case .truncated: "the message ends inside a field"
        case .longNumber: "a number has more than ten bytes"
        case .longLength: "a length reaches past the end of its message"
        case .fieldNumber: "a field has an invalid number"
        case .wireType: "a field has an invalid wire type"
        case .groupEnd: "a group ends that did not begin"
        case .tooDeep: "messages are nested too deeply"
        case .tooMany: "there are too many spans, attributes, links or events"
        case .tooLong: "the request is 4 GiB or longer"
        case .invalidUTF8(let field): "invalid UTF-8 in \(field.rawValue)"
        }
    }
}

/// The `string` fields of the schema.
enum TextField: String {
    case attributeKey = "an attribute key"
    case attributeValue = "an attribute value"
    case entityReference = "an entity reference"
    case eventName = "an event name"
    case schemaURL = "a schema URL"
    case scopeName = "a scope name"
    case scopeVersion = "a scope version"
    case spanName = "a span name"
    case statusMessage = "a status message"
    case traceState = "a trace state"
}

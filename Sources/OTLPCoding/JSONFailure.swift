/// Why a text is not JSON, or not an OTLP request in JSON, and where.
struct JSONFailure: Error {
    var problem: JSONProblem
    /// The address of the byte at which it was noticed.
    var address: UInt

    init(_ problem: JSONProblem, _ position: UnsafePointer<UInt8>) {
        self.problem = problem
        self.address = UInt(bitPattern: position)
    }

    /// The failure with an offset from the start of the request, and in words.
    func located(from base: UnsafePointer<UInt8>) -> OTLPDecodeFailure {
        OTLPDecodeFailure(problem: problem.description, offset: Int(bitPattern: address &- UInt(bitPattern: base)))
    }
}

/// The ways in which a text is not an `ExportTraceServiceRequest` in the OTLP JSON mapping.
enum JSONProblem: CustomStringConvertible {
    case end
    case expected(StaticString)
    case controlCharacter
    case escape
    case surrogate
    case utf8
    case tooDeep
    case tooMany
    case trailing
    /// A field's value is of another type than this.
    case type(field: StaticString, is: StaticString)
    case range(field: StaticString)
    case severalValues

    var description: String {
        switch self {
        case .end: "the JSON text ends too early"
        case .expected(let what): "expected \(what)"
        case .controlCharacter: "a string contains an unescaped control character"
        case .escape: "a string contains an invalid escape"
        case .surrogate: "a string contains half of a surrogate pair"
        case .utf8: "a string is not valid UTF-8"
        case .tooDeep: "objects and arrays are nested too deeply"
        case .tooMany: "there are too many values"
        case .trailing: "something follows the JSON value"
        case .type(let field, let type): "'\(field)' is not \(type)"
        case .range(let field): "'\(field)' is out of range"
        case .severalValues: "an attribute has more than one value"
        }
    }
}

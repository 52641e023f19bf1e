/// An attribute's value as a plain value (`AnyValue`).
public indirect enum OTLPValue: Sendable {
    case string(String)
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case bytes([UInt8])
    case array([OTLPValue])
    case map([(String, OTLPValue)])
    /// No value set: valid since OTLP 1.9.
    case empty
}

extension OTLPValue: Equatable {
    public static func == (left: OTLPValue, right: OTLPValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.bytes(let left), .bytes(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.map(let left), .map(let right)): left.elementsEqual(right) { $0.0 == $1.0 && $0.1 == $1.1 }
        case (.empty, .empty): true
        default: false
        }
    }
}

extension OTLPValue: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(arrayLiteral elements: OTLPValue...) { self = .array(elements) }
}

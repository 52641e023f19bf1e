/// A JSON value whose objects keep their order, so that output is the same every time.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Int)
    /// Written with at most nine digits after the point.
    case decimal(Double)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// The value as text: indented by two blanks, or on one line. No line break at the end.
    public func text(indented: Bool = true) -> String {
        var text = ""
        write(into: &text, depth: indented ? 0 : nil)
        return text
    }

    public static func == (left: JSONValue, right: JSONValue) -> Bool { left.text() == right.text() }

    private func write(into text: inout String, depth: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += String(value)
        case .decimal(let value): text += Self.plain(value)
        case .string(let value): Self.quote(value, into: &text)
        case .array(let values):
            Self.list(values, "[", "]", &text, depth) { value, text, depth in value.write(into: &text, depth: depth) }
        case .object(let members):
            Self.list(members, "{", "}", &text, depth) { member, text, depth in
                Self.quote(member.0, into: &text)
                text += depth == nil ? ":" : ": "
                member.1.write(into: &text, depth: depth)
            }
        }
    }

    /// `0.038`: no exponent, no blanks, no trailing zeros; numbers that JSON cannot say are null.
    private static func plain(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "null" }
        let billionths = Int64((abs(value) * 1e9).rounded().truncatingRemainder(dividingBy: 1e9))
        let whole = Int64(((abs(value) * 1e9).rounded() / 1e9).rounded(.down))
        var digits = String(billionths)
        digits = String(repeating: "0", count: 9 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return (value < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
    }

    private static func list<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ text: inout String, _ depth: Int?,
        write: (Element, inout String, Int?) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if let depth { text += "\n" + String(repeating: "  ", count: depth + 1) }
            write(element, &text, depth.map { $0 + 1 })
        }
        if let depth, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
        text += close
    }

    /// Controls and the separators that JavaScript reads as line ends are escaped; so are bidirectional controls, which
    /// could make a terminal show the text in another order.
    private static func quote(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                {
                    let hex = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements) }
}

/// A text as a YAML scalar that reads back as the same text, in block and in flow style: plain where that is safe, else
/// in double quotes with escapes.
///
///     order.completed      order.completed
///     주문.완료             주문.완료
///     3.0                  "3.0"
///     a: b                 "a: b"
public func yamlScalar(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
}

private func isPlain(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, first.properties.isAlphabetic || first == "_" || first == "/",
        scalars.last != " ",
        scalars.allSatisfy({
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-/ ()".unicodeScalars.contains($0)
        })
    else { return false }
    // Letters in the wide sense only: no format characters, no unassigned ones.
    guard scalars.allSatisfy({ $0.isASCII || $0.properties.generalCategory.isWord }) else { return false }
    // Words of YAML 1.1 and 1.2 that are no text.
    let reserved: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    return !reserved.contains(text.lowercased())
}

private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\r": result += "\\r"
        default:
            let category = scalar.properties.generalCategory
            let isHarmless = scalar.isASCII ? scalar.value >= 0x20 && scalar.value != 0x7F : category.isVisible
            if isHarmless {
                result.unicodeScalars.append(scalar)
            } else {
                let hex = String(scalar.value, radix: 16, uppercase: true)
                let isLong = scalar.value > 0xFFFF
                result += (isLong ? "\\U" : "\\u") + String(repeating: "0", count: (isLong ? 8 : 4) - hex.count) + hex
            }
        }
    }
    return result + "\""
}

extension Unicode.GeneralCategory {
    fileprivate var isWord: Bool {
        switch self {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    fileprivate var isVisible: Bool {
        switch self {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

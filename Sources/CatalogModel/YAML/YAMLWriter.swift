/// A YAML value that remembers its order and its comments, for files that people go on writing by hand.
public enum YAMLValue: Sendable, Equatable {
    case text(String)
    case number(Int)
    case bool(Bool)
    /// `[a, b]` on one line where all are texts and short, else one a line.
    case list([YAMLValue])
    /// `{ a: b }` on one line where it stands in a list and is short and flat, else one key a line.
    case map([(String, YAMLValue)])
    /// A value with comment lines above it.
    indirect case commented([String], YAMLValue)

    public static func == (left: YAMLValue, right: YAMLValue) -> Bool { left.document == right.document }

    /// The value as a document with a newline at its end.
    public var document: String {
        var writer = YAMLWriter()
        writer.write(self, indent: 0)
        return writer.lines.joined(separator: "\n") + "\n"
    }
}

private struct YAMLWriter {
    var lines: [String] = []

    mutating func write(_ value: YAMLValue, indent: Int) {
        let blanks = String(repeating: " ", count: indent)
        switch value {
        case .commented(let comments, let value):
            lines += comments.map { blanks + yamlComment($0) }
            write(value, indent: indent)
        case .map(let members):
            for (key, value) in members {
                write(value, indent: indent, after: blanks + yamlScalar(key) + ":", isItem: false)
            }
        case .list(let values):
            for value in values { write(value, indent: indent, after: blanks + "-", isItem: true) }
        default: lines.append(blanks + (flow(value) ?? ""))
        }
    }

    private mutating func write(_ value: YAMLValue, indent: Int, after start: String, isItem: Bool) {
        if case .commented(let comments, let value) = value {
            lines += comments.map { String(repeating: " ", count: indent) + yamlComment($0) }
            return write(value, indent: indent, after: start, isItem: isItem)
        }
        if let line = flow(value), isItem || !value.isFilledMap,
            start.unicodeScalars.count + line.unicodeScalars.count < 110
        {
            lines.append(start + " " + line)
            return
        }
        switch value {
        case .map where isItem:
            let first = lines.count
            write(value, indent: indent + 2)
            // The first key stands behind the dash; a comment above it goes before the dash.
            if let key = lines[first...].firstIndex(where: { !$0.drop { $0 == " " }.hasPrefix("#") }) {
                lines[key] = start + lines[key].dropFirst(start.count)
            }
        case .map, .list:
            lines.append(start)
            write(value, indent: indent + 2)
        default: lines.append(start + " " + (flow(value) ?? ""))
        }
    }

    /// On one line; nil where that cannot be, or comments would be lost.
    private func flow(_ value: YAMLValue) -> String? {
        switch value {
        case .text(let text): return yamlScalar(text)
        case .number(let number): return String(number)
        case .bool(let bool): return bool ? "true" : "false"
        case .commented: return nil
        case .list(let values):
            let parts = values.compactMap(flow)
            let isFlat = values.allSatisfy { !$0.isFilledMap }
            return parts.count == values.count && isFlat ? "[\(parts.joined(separator: ", "))]" : nil
        case .map(let members):
            if members.isEmpty { return "{}" }
            let parts = members.compactMap { key, value in
                value.isFilledMap ? nil : flow(value).map { "\(yamlScalar(key)): \($0)" }
            }
            return parts.count == members.count ? "{ \(parts.joined(separator: ", ")) }" : nil
        }
    }
}

extension YAMLValue {
    fileprivate var isFilledMap: Bool { if case .map(let members) = self { !members.isEmpty } else { false } }
}

/// A comment of one line.
func yamlComment(_ text: String) -> String {
    let line = String(String.UnicodeScalarView(text.unicodeScalars.map { isPlainYAML($0) ? $0 : " " }))
    return line.isEmpty ? "#" : "# \(line)"
}

/// Whether a character may stand in a YAML file as it is, and can be seen there.
private func isPlainYAML(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
}

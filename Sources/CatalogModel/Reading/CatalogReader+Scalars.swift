import SourceDiagnostics

extension CatalogReader {
    /// A scalar as its type demands.
    mutating func scalar(_ index: Int, as type: ValueType, at key: KeyPlace) -> Value? {
        let node = tree.resolved(index)
        guard tree.nodes[node].kind.isScalar, !tree.isNull(node) else {
            mismatch(index, type, at: key)
            return nil
        }
        guard spend(at: index, bytes: Int(tree.nodes[node].length)) else { return nil }
        let text = tree.string(node)
        let span = span(index)
        switch type {
        case .flag:
            // Only an unquoted word is a flag; "true" in quotes is a text.
            switch tree.nodes[node].kind == .plain ? text : "" {
            case "true", "True", "TRUE": return Value(content: .flag(true), span: span)
            case "false", "False", "FALSE": return Value(content: .flag(false), span: span)
            default: mismatch(index, type, at: key)
            }
        case .count(let range):
            guard tree.nodes[node].kind == .plain, let count = wholeNumber(text) else {
                mismatch(index, type, at: key)
                return nil
            }
            if range.contains(count) { return Value(content: .count(count), span: span) }
            invalid(
                key, "must be between \(range.lowerBound) and \(range.upperBound), and \(text) is not", span,
                label: "out of range")
        case .duration:
            if let duration = Duration(catalogText: text) { return Value(content: .duration(duration), span: span) }
            invalid(
                key, "must be a duration, and '\(text)' is not", span, label: "not a duration",
                help: durationHelp(text),
                fix: catalogDuration(spelt: text).flatMap { nameFixes.replacing(text, with: $0, at: span) })
        case .date:
            if isCalendarDate(text) { return Value(content: .text(text), span: span) }
            invalid(
                key, "must be a date, and '\(text)' is not", span, label: "not a date",
                help: "write year, month and day: 2026-12-31")
        case .choice(let words):
            if words.contains(text) { return Value(content: .text(text), span: span) }
            let nearest = nameSuggestion(for: text, among: words)
            invalid(
                key, "must be \(type.phrase), and '\(text)' is not", span, label: "not one of them",
                help: nearest.map { "did you mean '\($0.name)'?" }
                    ?? (words.contains("rest") && text.lowercased().hasPrefix("http")
                        ? "calls over HTTP are 'rest'" : nil)
                        ?? (words.count > ValueType.longChoice ? "it may be \(words.joined(separator: ", "))" : nil)
                            ?? words.first.map { "for example: \(key.title ?? key.key.rawValue): \($0)" },
                fix: nearest.flatMap { $0.isOnlyOne ? nameFixes.replacing(text, with: $0.name, at: span) : nil })
        case .pattern:
            do throws(NamePattern.Problem) {
                _ = try NamePattern(text)
                return Value(content: .text(text), span: span)
            } catch {
                invalid(
                    key, "must be a regular expression: \(error.sentence)", span, label: "not a regular expression",
                    help: "for example: \(ValueType.pattern.example ?? "")")
            }
        case .reference:
            guard !text.isEmpty else {
                mismatch(index, type, at: key)
                return nil
            }
            return Value(content: .text(text), span: span)
        default: return Value(content: .text(text), span: span)
        }
        return nil
    }

    /// The name of a definition: printable, no control characters, no blanks at its ends.
    mutating func name(_ keyNode: Int, of kind: MapKind) -> Located<String>? {
        let span = span(keyNode)
        let noun = kind.definitionNoun ?? "entry"
        guard tree.nodes[keyNode].kind.isScalar else {
            diagnostics.append(
                Diagnostic(
                    rule: "wrong-type", severity: .error,
                    message: "the name of a \(noun) must be a text, not \(phrase(keyNode))",
                    span: span, label: "\(phrase(keyNode)) stands here"))
            return nil
        }
        let text = tree.string(keyNode)
        if let problem = nameProblem(text) {
            diagnostics.append(
                Diagnostic(
                    rule: "invalid-value", severity: .error, message: "the name of a \(noun) \(problem)", span: span,
                    label: "not a name", help: "a name is printable text in any language: order.completed, 주문.완료"))
            return nil
        }
        return Located(text, span)
    }

    private func nameProblem(_ text: String) -> String? {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return "is empty" }
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return nil }
        if first.properties.isWhitespace || last.properties.isWhitespace { return "starts or ends with a blank" }
        for scalar in text.unicodeScalars where !scalar.isASCII || scalar.value < 0x20 || scalar.value == 0x7F {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
                return "holds a control character, U+\(hexadecimal(scalar.value))"
            default:
                // Bidirectional controls make a name look like another one.
                if (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value) {
                    return "holds a control character, U+\(hexadecimal(scalar.value))"
                }
            }
        }
        return nil
    }

    /// How many bytes `sourceText` may have.
    mutating func sourceLength(_ node: Int) -> Int {
        let node = tree.nodes[node]
        guard !node.kind.isScalar else { return Int(node.length) }
        let starts = lineStarts()
        let from = starts[min(max(Int(node.line) - 1, 0), starts.count - 1)]
        return Int(node.endLine) < starts.count ? starts[Int(node.endLine)] - from : source.bytes.count - from
    }

    /// Any value as the author wrote it: a scalar's text, or the lines of a map or list without their indentation.
    mutating func sourceText(_ node: Int) -> String {
        let node = tree.nodes[node]
        guard !node.kind.isScalar else {
            return String(decoding: tree.text[Int(node.offset)..<Int(node.offset + node.length)], as: UTF8.self)
        }
        let starts = lineStarts()
        let indent = Int(node.column) - 1
        var lines: [String] = []
        for line in Int(node.line)...max(Int(node.line), Int(node.endLine)) where line <= starts.count {
            let end = line < starts.count ? starts[line] : source.bytes.count
            var scalars = Array(String(decoding: source.bytes[starts[line - 1]..<end], as: UTF8.self).unicodeScalars)
            if line == node.endLine { scalars = Array(scalars.prefix(max(0, Int(node.endColumn) - 1))) }
            while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
            let drop = line == node.line ? indent : min(indent, scalars.prefix { $0 == " " }.count)
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars.dropFirst(drop))
            lines.append(String(view))
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private func wholeNumber(_ text: String) -> Int? {
        guard let first = text.utf8.first, first != UInt8(ascii: "+") else { return nil }
        return Int(text)
    }

    private func durationHelp(_ text: String) -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if !digits.isEmpty, digits == text { return "write the unit: \(text)s or \(text)ms" }
        if let right = catalogDuration(spelt: text) { return "write \(right)" }
        return "write a number and a unit: \(ValueType.duration.example ?? "")"
    }
}

/// `00E9`: at least four digits.
func hexadecimal(_ value: UInt32) -> String {
    let hex = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - hex.count)) + hex
}

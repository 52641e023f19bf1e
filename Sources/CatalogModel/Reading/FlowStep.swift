import SourceDiagnostics

/// The parts of a step's sentence, `order publishes order.completed`, each with where it stands.
struct StepSentence {
    var service: Located<String>
    var action: Flow.Step.Action
    var target: Located<String>

    /// Nil where the text is not `SERVICE calls|publishes|handles NAME`. Names may hold blanks: the first verb counts.
    init?(_ text: String, at span: SourceSpan) {
        let scalars = Array(text.unicodeScalars)
        let words = scalars.indices.split { scalars[$0] == " " }
        for word in words.dropFirst().dropLast() {
            guard let first = words.first?.first, let last = words.last?.last,
                let action = Flow.Step.Action(rawValue: Self.string(scalars[word]))
            else { continue }
            let from = first..<Self.trimmedEnd(scalars, before: word.startIndex)
            let to = Self.trimmedStart(scalars, after: word.endIndex)..<(last + 1)
            self.service = Located(Self.string(scalars[from]), Self.part(from, of: scalars.count, span))
            self.action = action
            self.target = Located(Self.string(scalars[to]), Self.part(to, of: scalars.count, span))
            return
        }
        return nil
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func trimmedEnd(_ scalars: [Unicode.Scalar], before end: Int) -> Int {
        var end = end
        while end > 0, scalars[end - 1] == " " { end -= 1 }
        return end
    }

    private static func trimmedStart(_ scalars: [Unicode.Scalar], after start: Int) -> Int {
        var start = start
        while start < scalars.count, scalars[start] == " " { start += 1 }
        return start
    }

    /// The place of a part: exact where the text stands on one line as it is, bare or in quotes; else the whole step.
    private static func part(_ range: Range<Int>, of count: Int, _ span: SourceSpan) -> SourceSpan {
        let quotes = (span.endColumn - span.column - count) / 2
        guard span.line == span.endLine, (0...1).contains(quotes),
            span.endColumn - span.column == count + 2 * quotes
        else { return span }
        var part = span
        part.column = span.column + quotes + range.lowerBound
        part.endColumn = span.column + quotes + range.upperBound
        return part
    }
}

extension CatalogReader {
    /// A step from its sentence or its long form; nil after a diagnostic.
    mutating func step(_ value: Value) -> Flow.Step? {
        switch value.content {
        case .text(let text):
            guard let sentence = StepSentence(text, at: value.span) else {
                report(
                    "invalid-value", "a step must say who does what, and '\(text)' does not", value.span,
                    label: "not a step",
                    help: "write SERVICE calls SERVICE, SERVICE publishes CHANNEL or SERVICE handles CHANNEL")
                return nil
            }
            return Flow.Step(
                service: sentence.service, action: sentence.action, target: sentence.target, span: value.span)
        case .fields(let fields):
            guard let service = fields.located(.from) else { return nil }
            let actions: [(CatalogKey, Flow.Step.Action)] = [
                (.calls, .calls), (.publishes, .publishes), (.handles, .handles),
            ]
            let present = actions.filter { fields[$0.0] != nil }
            if present.isEmpty, actions.contains(where: { fields.broken.contains($0.0) }) { return nil }
            guard present.count == 1, let (key, action) = present.first else {
                report(
                    present.isEmpty ? "missing-key" : "invalid-value",
                    "a step needs exactly one of 'calls', 'publishes' and 'handles'", service.span,
                    label: present.isEmpty ? "does nothing" : "does \(present.count) things",
                    help: "add handles: order.completed, or cut the step in two")
                return nil
            }
            guard let target = fields.located(key) else { return nil }
            return Flow.Step(
                service: service, action: action, target: target, note: fields.text(.note),
                isOptional: fields.flag(.optional)?.value ?? false, span: fields.span)
        default: return nil
        }
    }
}

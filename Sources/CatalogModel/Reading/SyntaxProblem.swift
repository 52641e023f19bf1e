import SourceDiagnostics

/// Turns the YAML parser's words into a finding that says what is right.
///
/// libyaml reports where it gave up and what it was doing; the table knows the usual causes by its wording
/// (libyaml 0.2.5, scanner.c and parser.c). Unknown wordings are passed on as they are.
func syntaxDiagnostic(_ problem: YAMLTree.Problem, in source: SourceFile) -> Diagnostic {
    let starts = source.lineStarts()
    let line = min(max(problem.line, 1), starts.count)
    let lineEnd = line < starts.count ? starts[line] : source.bytes.count
    let text = Array(String(decoding: source.bytes[starts[line - 1]..<lineEnd], as: UTF8.self).unicodeScalars)
    let column = min(max(problem.column, 1), text.count + 1)
    let here = column <= text.count ? text[column - 1] : nil

    let words = explanations.first { problem.text.contains($0.wording) }
    var message = words?.message ?? problem.text
    var label = words?.label ?? "here"
    var help = words?.help
    if here == "\t", problem.text.contains("cannot start any token") || problem.text.contains("tab") {
        message = "a tab indents this line, and YAML allows only blanks there"
        label = "a tab"
        help = "indent with blanks"
    } else if problem.text.contains("mapping values are not allowed"), !text.prefix(column - 1).contains(":") {
        message = "the line above runs on into this one, so that ':' stands inside a value"
        help = "end the key above with ':', or quote its value"
    } else if problem.text.contains("cannot start any token"), let here {
        message = "'\(here)' cannot start a value"
        label = "put it in quotes"
        help = "quote the value: \"\(here)…\""
    }
    var related: [RelatedPlace] = []
    if let context = problem.context, problem.contextLine < line, let label = contextLabel(context) {
        related.append(
            RelatedPlace(
                span: SourceSpan(
                    file: source.path, line: problem.contextLine, column: problem.contextColumn,
                    endColumn: problem.contextColumn + 1), label: label))
    }
    return Diagnostic(
        rule: "syntax-error", severity: .error, message: message,
        span: SourceSpan(file: source.path, line: line, column: column, endColumn: column + (here == nil ? 0 : 1)),
        label: label, related: related, help: help)
}

private struct Explanation {
    var wording: String
    var message: String
    var label: String
    var help: String?
}

private let explanations: [Explanation] = [
    Explanation(
        wording: "mapping values are not allowed", message: "a second ':' on this line starts a map inside a value",
        label: "this ':' is not allowed here", help: "quote the value, or put the map on lines of its own"),
    Explanation(
        wording: "could not find expected ':'", message: "a key has no ':' after it", label: "expected ':' before this",
        help: "write 'key: value', with a blank after the colon"),
    Explanation(
        wording: "did not find expected key", message: "this line does not fit the map above it",
        label: "expected a key here", help: "indent it like the keys of the same map"),
    Explanation(
        wording: "did not find expected '-' indicator", message: "this line does not fit the list above it",
        label: "expected '-' here", help: "start each entry of the list with '- ', all equally indented"),
    Explanation(
        wording: "did not find expected ',' or ']'", message: "a list in brackets goes on without ',' or ']'",
        label: "expected ',' or ']'", help: nil),
    Explanation(
        wording: "did not find expected ',' or '}'", message: "a map in braces goes on without ',' or '}'",
        label: "expected ',' or '}'", help: nil),
    Explanation(
        wording: "found unexpected end of stream", message: "a quoted text never ends", label: "the file ends here",
        help: "close the quotes"),
    Explanation(
        wording: "block sequence entries are not allowed", message: "a list cannot start on this line",
        label: "'-' is not allowed here", help: "start the list on the next line"),
    Explanation(
        wording: "Maximum nesting level", message: "the file nests over 1000 levels deep", label: "too deep",
        help: nil),
    Explanation(
        wording: "exceeded maximum", message: "the file nests over 1000 levels deep", label: "too deep", help: nil),
    Explanation(
        wording: "control characters are not allowed", message: "the file holds a control character",
        label: "a control character", help: "write it in double quotes as an escape, or leave it out"),
    Explanation(
        wording: "found a tab character", message: "a tab indents this line, and YAML allows only blanks there",
        label: "a tab", help: "indent with blanks"),
    Explanation(
        wording: "unknown escape character", message: "this '\\' escape is not known in double quotes",
        label: "no such escape", help: "write '\\\\' for a backslash, or use single quotes"),
    Explanation(
        wording: "did not find expected <document start>", message: "the text before this line is not a map",
        label: "expected the end of the file or '---'", help: nil),
]

private func contextLabel(_ context: String) -> String? {
    switch context {
    case "while parsing a block mapping": "the map starts here"
    case "while parsing a block collection": "the list starts here"
    case "while parsing a flow mapping": "the map in braces starts here"
    case "while parsing a flow sequence": "the list in brackets starts here"
    case "while scanning a quoted scalar": "the quoted text starts here"
    case "while scanning a simple key": "the key starts here"
    default: nil
    }
}

import SourceDiagnostics

/// What a marker in a document asks for: `<!-- flowglass:mermaid focus=order.completed depth=2 -->`.
struct DocumentMarker: Sendable {
    var kind: Kind
    var options: [String: String]
    /// The whole marker.
    var span: SourceSpan

    enum Kind: String, CaseIterable, Sendable {
        case mermaid, owners, rules, show, table

        /// The options that it knows.
        var options: [String] {
            switch self {
            case .mermaid:
                [
                    "as", "depth", "direction", "domain", "flow", "focus", "frames", "impact", "legend", "life",
                    "links",
                    "max-nodes", "title", "toward",
                ]
            case .owners, .rules: []
            case .show: ["name", "as"]
            case .table: ["of", "domain", "owner"]
            }
        }
    }

    /// What stands wrong in a marker.
    struct Problem: Error {
        var message: String
        var label: String
        var help: String? = nil
    }

    /// - Parameter text: What stands between `flowglass:` and `-->`.
    init(_ text: Substring, span: SourceSpan) throws(Problem) {
        self.span = span
        var rest = text.drop { $0 == " " }
        let word = rest.prefix { $0 != " " }
        rest = rest.dropFirst(word.count)
        guard let kind = Kind(rawValue: String(word)) else {
            throw Problem(
                message: "there is no marker 'flowglass:\(word)'", label: "not a marker",
                help: Self.didYouMean(String(word), Kind.allCases.map(\.rawValue)))
        }
        self.kind = kind
        options = [:]
        while true {
            rest = rest.drop { $0 == " " }
            guard !rest.isEmpty else { break }
            let key = String(rest.prefix { $0 != "=" && $0 != " " })
            rest = rest.dropFirst(key.count)
            guard rest.first == "=" else {
                throw Problem(message: "'\(key)' in a marker needs a value, as in \(key)=NAME", label: "has no value")
            }
            guard kind.options.contains(key) else {
                throw Problem(
                    message: "'flowglass:\(kind.rawValue)' knows no '\(key)'", label: "an unknown option",
                    help: Self.didYouMean(key, kind.options))
            }
            guard options[key] == nil else {
                throw Problem(message: "'\(key)' stands twice in a marker", label: "'\(key)' is there twice")
            }
            options[key] = try Self.value(&rest, of: key)
        }
    }

    /// `word`, or `"several words"` where `\"` is a quote.
    private static func value(_ rest: inout Substring, of key: String) throws(Problem) -> String {
        rest.removeFirst()
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != " " }
            rest = rest.dropFirst(value.count)
            guard !value.isEmpty else {
                throw Problem(message: "'\(key)' in a marker needs a value, as in \(key)=NAME", label: "has no value")
            }
            return String(value)
        }
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { return value }
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(rest.removeFirst())
            } else {
                value.append(character)
            }
        }
        throw Problem(message: "the value of '\(key)' has no closing quote", label: "opens a quote")
    }

    static func didYouMean(_ word: String, _ words: [String]) -> String? {
        if let near = nearestName(to: word, among: words) { return "did you mean '\(near)'?" }
        return words.isEmpty ? "it takes no options" : "write one of \(words.joined(separator: ", "))"
    }
}

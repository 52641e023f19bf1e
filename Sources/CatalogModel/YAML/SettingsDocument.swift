public import SourceDiagnostics

/// A YAML file of settings as located values, for readers of files that are not catalogs: the program's configuration.
public struct SettingsDocument: Sendable {
    /// The file's first document; an empty map for an empty file.
    public let root: Value
    /// What is wrong with the YAML itself.
    public let problems: [Diagnostic]

    /// A value, and where it stands.
    public struct Value: Sendable, Equatable {
        public indirect enum Content: Sendable, Equatable {
            case text(String)
            case list([Value])
            case map([Entry])
            /// Nothing was written, or `null`.
            case nothing
        }

        public var content: Content
        public var span: SourceSpan
    }

    /// A key of a map, where it stands, and its value.
    public struct Entry: Sendable, Equatable {
        public var key: String
        public var keySpan: SourceSpan
        public var value: Value
    }

    /// Levels beyond this are dropped: no file of settings has them.
    private static let maximumDepth = 8
    /// Values beyond this are dropped: aliases could make millions of them.
    private static let maximumValues = 10_000

    /// - Complexity: O(bytes).
    public init(parsing file: SourceFile) {
        let tree = YAMLTree(parsing: file.bytes)
        problems = [tree.problem.map { Self.diagnostic($0, in: file.path) }].compactMap(\.self)
        var budget = Self.maximumValues
        let start = SourceSpan(file: file.path, line: 1, column: 1)
        root =
            tree.documents.first.map { Self.value($0, tree, start, depth: 0, budget: &budget) }
            ?? Value(content: .map([]), span: start)
    }

    private static func diagnostic(_ problem: YAMLTree.Problem, in path: String) -> Diagnostic {
        Diagnostic(
            rule: "syntax", severity: .error, message: "the file is not YAML: \(problem.text)",
            span: SourceSpan(
                file: path, line: problem.line, column: problem.column, endColumn: problem.column + 1),
            label: problem.context ?? "here")
    }

    private static func value(
        _ index: Int, _ tree: YAMLTree, _ start: SourceSpan, depth: Int, budget: inout Int
    ) -> Value {
        let node = tree.resolved(index)
        let span = tree.span(node, in: start)
        budget -= 1
        guard depth < maximumDepth, budget > 0 else { return Value(content: .nothing, span: span) }
        switch tree.nodes[node].kind {
        case .plain, .quoted, .block:
            return Value(content: tree.isNull(node) ? .nothing : .text(tree.string(node)), span: span)
        case .sequence:
            var values: [Value] = []
            for element in tree.elements(node) {
                values.append(value(element, tree, start, depth: depth + 1, budget: &budget))
            }
            return Value(content: .list(values), span: span)
        case .mapping:
            var entries: [Entry] = []
            for (key, element) in tree.pairs(node) {
                entries.append(
                    Entry(
                        key: tree.string(key), keySpan: tree.span(key, in: start),
                        value: value(element, tree, start, depth: depth + 1, budget: &budget)))
            }
            return Value(content: .map(entries), span: span)
        case .alias:
            return Value(content: .nothing, span: span)
        }
    }
}

public import SourceDiagnostics

/// A JSON or YAML document with the place of every value: schema files, where a difference has to be shown, and the
/// program's configuration.
///
/// JSON is read as the YAML that it also is.
public struct LocatedData: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        case null
        case bool(Bool)
        case number(Double)
        case text(String)
        case list([LocatedData])
        case map([Member])
    }

    /// One key of a map, in the order of the file.
    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: LocatedData
        /// Where the key stands.
        public var span: SourceSpan
    }

    public var content: Content
    /// A scalar as it is written, without quotes: what `1` or `true` is where a name is wanted. Nil for lists and maps, and
    /// where nothing is written.
    public var spelling: String?
    public var span: SourceSpan

    /// How deep and how large a document may be, aliases included.
    private static let maximumDepth = 100
    private static let maximumValues = 200_000

    /// The first document of a file, as far as it can be read, and what is wrong with its syntax.
    public static func parse(_ source: SourceFile) -> (data: LocatedData?, problem: Diagnostic?) {
        let tree = YAMLTree(parsing: source.bytes)
        let problem = tree.problem.map { syntaxDiagnostic($0, in: source) }
        guard let root = tree.documents.first else { return (nil, problem) }
        var budget = maximumValues
        let start = SourceSpan(file: source.path, line: 1, column: 1)
        return (LocatedData(tree, root, start, depth: 0, budget: &budget), problem)
    }

    private init(_ tree: YAMLTree, _ node: Int, _ start: SourceSpan, depth: Int, budget: inout Int) {
        let node = tree.resolved(node)
        span = tree.span(node, in: start)
        budget -= 1
        guard depth < Self.maximumDepth, budget > 0 else {
            content = .null
            return
        }
        switch tree.nodes[node].kind {
        case .mapping:
            var members: [Member] = []
            for (key, value) in tree.pairs(node) {
                let data = LocatedData(tree, value, start, depth: depth + 1, budget: &budget)
                members.append(Member(key: tree.string(key), value: data, span: tree.span(key, in: start)))
            }
            content = .map(members)
        case .sequence:
            var values: [LocatedData] = []
            for element in tree.elements(node) {
                values.append(LocatedData(tree, element, start, depth: depth + 1, budget: &budget))
            }
            content = .list(values)
        case .plain:
            content = Self.plain(tree, node)
            spelling = content == .null ? nil : tree.string(node)
        case .quoted, .block, .alias:
            spelling = tree.string(node)
            content = .text(spelling ?? "")
        }
    }

    /// An unquoted scalar by YAML's core schema.
    private static func plain(_ tree: YAMLTree, _ node: Int) -> Content {
        if tree.isNull(node) { return .null }
        let text = tree.string(node)
        switch text {
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default:
            let isNumeric = text.utf8.first.map { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2B } ?? false
            if isNumeric, let number = Double(text) { return .number(number) }
            return .text(text)
        }
    }

    /// The value of a key; nil where this is no map or has no such key.
    public subscript(key: String) -> LocatedData? { member(key)?.value }

    public func member(_ key: String) -> Member? {
        guard case .map(let members) = content else { return nil }
        return members.first { $0.key == key }
    }

    public var text: String? { if case .text(let text) = content { text } else { nil } }
    public var number: Double? { if case .number(let number) = content { number } else { nil } }
    public var flag: Bool? { if case .bool(let flag) = content { flag } else { nil } }
    public var elements: [LocatedData] { if case .list(let values) = content { values } else { [] } }
    public var members: [Member] { if case .map(let members) = content { members } else { [] } }

    /// Whether both say the same, wherever they stand and in whatever order their keys are.
    public func equals(_ other: LocatedData) -> Bool {
        switch (content, other.content) {
        case (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.number(let a), .number(let b)): return a == b
        case (.text(let a), .text(let b)): return a == b
        case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
        case (.map(let a), .map(let b)):
            return a.count == b.count && a.allSatisfy { member in other[member.key]?.equals(member.value) ?? false }
        default: return false
        }
    }
}

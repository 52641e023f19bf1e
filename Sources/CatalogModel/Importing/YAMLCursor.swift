/// A place in a parsed document, for walking by keys. What is not there is a place without content.
struct YAMLCursor {
    private let tree: YAMLTree
    private let index: Int?

    init(_ tree: YAMLTree) {
        self.tree = tree
        index = tree.documents.first.map(tree.resolved)
    }

    private init(_ tree: YAMLTree, _ index: Int?) {
        self.tree = tree
        self.index = index
    }

    subscript(key: String) -> YAMLCursor { YAMLCursor(tree, index.flatMap { tree.value(of: key, in: $0) }) }

    /// The scalar's text; nil for null and for other nodes.
    var text: String? {
        guard let index, tree.nodes[index].kind.isScalar, !tree.isNull(index) else { return nil }
        return tree.string(index)
    }

    /// The text on one line without blanks at its ends; nil where that is empty.
    var line: String? {
        let words = text?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        return words.isEmpty ? nil : words
    }

    var exists: Bool { index != nil }

    /// A list's elements; a map or scalar that stands for a list of one.
    var elements: [YAMLCursor] {
        guard let index else { return [] }
        if tree.nodes[index].kind == .sequence { return tree.elements(index).map { YAMLCursor(tree, $0) } }
        return tree.isNull(index) ? [] : [self]
    }

    var pairs: [(key: String, value: YAMLCursor)] {
        guard let index else { return [] }
        return tree.pairs(index).map { (tree.string($0.key), YAMLCursor(tree, $0.value)) }
    }
}

/// A YAML stream as a flat tree: every node once, in the order of the text, aliases unresolved.
///
/// A node's children follow it and end at its `end` index. The text of all scalars lies in one buffer, so that reading
/// a file costs three allocations, not one a node. Alias expansion happens only in whoever walks, under a budget.
struct YAMLTree: Sendable {
    var nodes: [Node] = []
    /// The values of all scalars in UTF-8, escapes and folding done.
    var text: [UInt8] = []
    /// The root of each document.
    var documents: [Int] = []
    /// The first problem of the syntax; what came before it is in the tree.
    var problem: Problem?

    struct Node: Sendable {
        var kind: Kind
        /// Where it starts and ends in the file; lines and columns from 1, columns in Unicode scalars, end exclusive.
        var line: Int32
        var column: Int32
        var endLine: Int32
        var endColumn: Int32
        /// The index after its last descendant.
        var end: Int32
        /// Scalars: where the value lies in `text`. Aliases: the index of the node they stand for.
        var offset: Int32 = 0
        var length: Int32 = 0
    }

    enum Kind: UInt8, Sendable {
        case plain, quoted, block, sequence, mapping, alias

        var isScalar: Bool { rawValue <= Kind.block.rawValue }
    }

    /// What is wrong with the syntax, in the parser's words.
    struct Problem: Sendable, Equatable {
        var text: String
        var line: Int
        var column: Int
        /// What the parser was doing, and where that began.
        var context: String?
        var contextLine: Int
        var contextColumn: Int
    }

    /// The node itself, or the one an alias stands for.
    func resolved(_ index: Int) -> Int {
        nodes[index].kind == .alias ? Int(nodes[index].offset) : index
    }

    /// The scalar's bytes; empty for other kinds.
    func bytes(_ index: Int) -> ArraySlice<UInt8> {
        let node = nodes[index]
        guard node.kind.isScalar else { return [] }
        return text[Int(node.offset)..<Int(node.offset + node.length)]
    }

    func string(_ index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }

    /// Whether the scalar says "no value": empty, `~` or `null`, unquoted.
    func isNull(_ index: Int) -> Bool {
        guard nodes[index].kind == .plain else { return false }
        switch nodes[index].length {
        case 0: return true
        case 1: return bytes(index).first == UInt8(ascii: "~")
        case 4: return ["null", "Null", "NULL"].contains(string(index))
        default: return false
        }
    }

    /// The children of a sequence, or keys and values of a mapping in turn.
    func children(of index: Int) -> ChildSequence {
        ChildSequence(tree: self, position: index + 1, end: Int(nodes[index].end))
    }

    struct ChildSequence: Sequence, IteratorProtocol {
        let tree: YAMLTree
        var position: Int
        let end: Int

        mutating func next() -> Int? {
            guard position < end else { return nil }
            defer { position = Int(tree.nodes[position].end) }
            return position
        }
    }
}

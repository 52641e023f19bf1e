import SourceDiagnostics

extension YAMLTree {
    /// Whether the place (line and column from 1) lies inside a scalar, where a `#` starts no comment.
    /// - Complexity: O(log nodes).
    func isText(line: Int, column: Int) -> Bool {
        // The last node that starts at or before the place; nodes stand in the order of the text.
        var low = 0
        var high = nodes.count
        while low < high {
            let middle = (low + high) / 2
            if (Int(nodes[middle].line), Int(nodes[middle].column)) <= (line, column) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low > 0 else { return false }
        let node = nodes[low - 1]
        guard node.kind.isScalar else { return false }
        if node.kind == .block, line == Int(node.line) { return false }
        return (line, column) < (Int(node.endLine), Int(node.endColumn))
    }

    /// The value of a key of a mapping, aliases resolved; nil where there is none.
    /// - Complexity: O(children).
    func value(of key: String, in mapping: Int) -> Int? {
        let mapping = resolved(mapping)
        guard nodes[mapping].kind == .mapping else { return nil }
        var children = children(of: mapping)
        while let keyNode = children.next(), let valueNode = children.next() {
            let keyNode = resolved(keyNode)
            if Int(nodes[keyNode].length) == key.utf8.count, nodes[keyNode].kind.isScalar,
                bytes(keyNode).elementsEqual(key.utf8)
            {
                return resolved(valueNode)
            }
        }
        return nil
    }

    /// The value as text; nil where there is none, or where it is a map or a list.
    func text(of key: String, in mapping: Int) -> String? {
        guard let node = value(of: key, in: mapping), nodes[node].kind.isScalar, !isNull(node) else { return nil }
        return string(node)
    }

    /// Where a node stands. A block collection is known by its first child: its end says nothing to a reader.
    /// `start` is any place of the file.
    func span(_ index: Int, in start: SourceSpan) -> SourceSpan {
        var index = index
        while nodes[index].endLine > nodes[index].line, !nodes[index].kind.isScalar, nodes[index].kind != .alias,
            Int(nodes[index].end) > index + 1
        {
            index += 1
        }
        let node = nodes[index]
        return start.inSameFile(
            line: Int(node.line), column: Int(node.column), endLine: Int(node.endLine), endColumn: Int(node.endColumn))
    }

    /// Keys and values of a mapping, aliases resolved; empty for other nodes.
    func pairs(_ mapping: Int) -> [(key: Int, value: Int)] {
        let mapping = resolved(mapping)
        guard nodes[mapping].kind == .mapping else { return [] }
        var result: [(key: Int, value: Int)] = []
        var children = children(of: mapping)
        while let key = children.next(), let value = children.next() { result.append((resolved(key), resolved(value))) }
        return result
    }

    /// The elements of a sequence, aliases resolved; empty for other nodes.
    func elements(_ sequence: Int) -> [Int] {
        let sequence = resolved(sequence)
        guard nodes[sequence].kind == .sequence else { return [] }
        return children(of: sequence).map(resolved)
    }
}

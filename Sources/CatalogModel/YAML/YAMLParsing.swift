import CYaml
import SourceDiagnostics

extension YAMLTree {
    /// Reads a stream of UTF-8 without a byte order mark. A syntax error ends the reading, not the result.
    ///
    /// The parser is libyaml: it works through events without recursion and refuses more than 1,000 levels.
    /// - Complexity: O(bytes).
    init(parsing bytes: [UInt8]) {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            problem = Problem(text: "out of memory", line: 1, column: 1, contextLine: 1, contextColumn: 1)
            return
        }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        nodes.reserveCapacity(bytes.count / 16)
        text.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            var builder = Builder(tree: self)
            var event = yaml_event_t()
            while builder.tree.problem == nil {
                guard yaml_parser_parse(&parser, &event) == 1 else {
                    builder.tree.problem = Problem(parser, in: bytes)
                    break
                }
                let isLast = event.type == YAML_STREAM_END_EVENT
                builder.take(event)
                yaml_event_delete(&event)
                if isLast { break }
            }
            builder.closeAll()
            self = builder.tree
        }
    }

    /// Makes nodes of events.
    private struct Builder {
        var tree: YAMLTree
        /// The collections that are still open, outermost first.
        private var open: [Int] = []
        private var anchors: [String: Int] = [:]
        /// Where the collection ends that was closed last.
        private var closedEnd = 0

        init(tree: YAMLTree) { self.tree = tree }

        mutating func take(_ event: yaml_event_t) {
            switch event.type {
            case YAML_DOCUMENT_START_EVENT:
                tree.documents.append(tree.nodes.count)
                anchors.removeAll()
            case YAML_DOCUMENT_END_EVENT:
                // A document without any node cannot be told from libyaml's events: it sends an empty scalar.
                break
            case YAML_SCALAR_EVENT: scalar(event)
            case YAML_SEQUENCE_START_EVENT: start(.sequence, event, anchor: event.data.sequence_start.anchor)
            case YAML_MAPPING_START_EVENT: start(.mapping, event, anchor: event.data.mapping_start.anchor)
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: close(event)
            case YAML_ALIAS_EVENT: alias(event)
            default: break
            }
        }

        private mutating func scalar(_ event: yaml_event_t) {
            let scalar = event.data.scalar
            let kind: Kind =
                switch scalar.style {
                case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
                case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
                default: .plain
                }
            var node = node(kind, event)
            node.offset = Int32(clamping: tree.text.count)
            node.length = Int32(clamping: scalar.length)
            tree.text.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
            append(node, anchor: scalar.anchor)
        }

        private mutating func start(_ kind: Kind, _ event: yaml_event_t, anchor: UnsafeMutablePointer<UInt8>?) {
            open.append(tree.nodes.count)
            append(node(kind, event), anchor: anchor)
        }

        private mutating func close(_ event: yaml_event_t) {
            guard let index = open.popLast() else { return }
            closedEnd = tree.nodes.count
            tree.nodes[index].end = Int32(clamping: tree.nodes.count)
            tree.nodes[index].endLine = Int32(clamping: event.end_mark.line + 1)
            tree.nodes[index].endColumn = Int32(clamping: event.end_mark.column + 1)
        }

        private mutating func alias(_ event: yaml_event_t) {
            let name = event.data.alias.anchor.map { String(cString: $0) } ?? ""
            var node = node(.alias, event)
            guard let target = anchors[name] else {
                return fail("the alias '*\(name)' has no anchor '&\(name)' above it", at: node)
            }
            guard !open.contains(target) else {
                return fail("the alias '*\(name)' stands inside its own anchor", at: node)
            }
            node.offset = Int32(clamping: target)
            append(node, anchor: nil)
        }

        private mutating func append(_ node: Node, anchor: UnsafeMutablePointer<UInt8>?) {
            if let anchor { anchors[String(cString: anchor)] = tree.nodes.count }
            tree.nodes.append(node)
        }

        private func node(_ kind: Kind, _ event: yaml_event_t) -> Node {
            Node(
                kind: kind,
                line: Int32(clamping: event.start_mark.line + 1), column: Int32(clamping: event.start_mark.column + 1),
                endLine: Int32(clamping: event.end_mark.line + 1),
                endColumn: Int32(clamping: event.end_mark.column + 1),
                end: Int32(clamping: tree.nodes.count + 1))
        }

        private mutating func fail(_ text: String, at node: Node) {
            tree.problem = Problem(
                text: text, line: Int(node.line), column: Int(node.column), contextLine: 1, contextColumn: 1)
        }

        /// Ends what a syntax error left open. The last scalar before it may be two run together, and is dropped; so is
        /// a key that got no value.
        mutating func closeAll() {
            if tree.problem != nil, let last = tree.nodes.last, last.kind.isScalar, closedEnd < tree.nodes.count,
                (tree.documents.last ?? 0) < tree.nodes.count
            {
                tree.nodes.removeLast()
            }
            while let index = open.popLast() {
                tree.nodes[index].end = Int32(clamping: tree.nodes.count)
                if tree.nodes[index].kind == .mapping { dropLonelyKey(of: index) }
            }
            while let last = tree.documents.last, last >= tree.nodes.count { tree.documents.removeLast() }
        }

        private mutating func dropLonelyKey(of index: Int) {
            var count = 0
            var last = index
            for child in tree.children(of: index) {
                count += 1
                last = child
            }
            guard count % 2 == 1 else { return }
            tree.nodes.removeSubrange(last...)
            for open in open + [index] { tree.nodes[open].end = Int32(clamping: tree.nodes.count) }
        }
    }
}

extension YAMLTree.Problem {
    /// libyaml's report; a reader error knows only a byte offset.
    fileprivate init(_ parser: yaml_parser_t, in bytes: [UInt8]) {
        text = parser.problem.map { String(cString: $0) } ?? "the text is not YAML"
        line = parser.problem_mark.line + 1
        column = parser.problem_mark.column + 1
        context = parser.context.map { String(cString: $0) }
        contextLine = parser.context_mark.line + 1
        contextColumn = parser.context_mark.column + 1
        if parser.error == YAML_READER_ERROR {
            (line, column) = SourceFile(path: "", bytes: bytes).position(ofByte: parser.problem_offset)
            if parser.problem_value >= 0 {
                let hex = String(parser.problem_value, radix: 16, uppercase: true)
                text += ": U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
            }
        }
    }
}

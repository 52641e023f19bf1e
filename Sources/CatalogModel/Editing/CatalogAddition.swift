/// Something to add to a catalog file.
public struct CatalogAddition: Sendable, Equatable {
    /// A map of the file's root.
    public enum Section: String, Sendable, CaseIterable { case services, topics, queues }

    public var section: Section
    /// The definition's name.
    public var name: String
    /// Lists of the definition with the items to add, as YAML flow text; none for a definition with nothing in it.
    public var lists: [(key: String, items: [String])]
    /// Keys with a value as YAML flow text, for a definition that is new.
    public var values: [(key: String, value: String)]

    public init(
        section: Section, name: String, lists: [(key: String, items: [String])] = [],
        values: [(key: String, value: String)] = []
    ) {
        self.section = section
        self.name = name
        self.lists = lists
        self.values = values
    }

    public static func == (left: CatalogAddition, right: CatalogAddition) -> Bool {
        left.section == right.section && left.name == right.name
            && left.lists.elementsEqual(right.lists) { $0 == $1 }
            && left.values.elementsEqual(right.values) { $0 == $1 }
    }

    /// Lines longer than this are broken up.
    private static let lineLength = 110

    /// The definition as lines of a map in block style, its smallest form: `mail: { subscribes: [order.completed] }`.
    public func lines(indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        let name = yamlScalar(name)
        let pairs =
            values.map { "\($0.key): \($0.value)" } + lists.map { "\($0.key): [\($0.items.joined(separator: ", "))]" }
        if pairs.isEmpty { return ["\(blanks)\(name): {}"] }
        let flow = "\(blanks)\(name): { \(pairs.joined(separator: ", ")) }"
        if lists.count <= 1, flow.count <= Self.lineLength { return [flow] }
        var lines = ["\(blanks)\(name):"]
        lines += values.map { "\(blanks)  \($0.key): \($0.value)" }
        for list in self.lists { lines += Self.lines(of: list, indent: indent + 2) }
        return lines
    }

    /// `{ publishes: [a], subscribes: [b] }`
    var flow: String {
        let pairs =
            values.map { "\($0.key): \($0.value)" } + lists.map { "\($0.key): [\($0.items.joined(separator: ", "))]" }
        return pairs.isEmpty ? "{}" : "{ \(pairs.joined(separator: ", ")) }"
    }

    static func lines(of list: (key: String, items: [String]), indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        let line = "\(blanks)\(list.key): [\(list.items.joined(separator: ", "))]"
        if line.count <= lineLength { return [line] }
        return ["\(blanks)\(list.key):"] + list.items.map { "\(blanks)  - \($0)" }
    }
}

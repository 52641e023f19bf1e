/// Names that differ only in ids, brought to one template.
///
///     orders.4711.done, orders.4712.done, orders.4713.done      orders.{id}.done
///
/// A part between dots, slashes, colons, dashes or underscores is an id where it is a number, or eight or more
/// hexadecimal digits with a number among them. One or two such names may well be what their owners call them; three
/// of a kind are a template.
struct NameTemplates {
    static let leastNames = 3
    private var templates: [String: String] = [:]

    init(_ names: some Sequence<String>) {
        let groups = Dictionary(grouping: Set(names)) { Self.template(of: $0) }
        for (template, members) in groups where members.count >= Self.leastNames {
            for name in members where name != template { templates[name] = template }
        }
    }

    /// The template of a name that is one of many; the name itself otherwise.
    func name(_ name: String) -> String { templates[name] ?? name }

    func isTemplate(_ name: String) -> Bool { templates.values.contains(name) }

    private static let separators: Set<Character> = [".", "/", ":", "-", "_"]

    static func template(of name: String) -> String {
        var result = ""
        var part = ""
        func finish() {
            result += isID(part) ? "{id}" : part
            part = ""
        }
        for character in name {
            if separators.contains(character) {
                finish()
                result.append(character)
            } else {
                part.append(character)
            }
        }
        finish()
        return result
    }

    private static func isID(_ part: String) -> Bool {
        let digits = part.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits > 0 else { return false }
        if digits == part.utf8.count { return true }
        return part.utf8.count >= 8 && part.allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}

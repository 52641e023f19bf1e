import CatalogModel
import SourceDiagnostics
import TerminalUI
import TraceModel

/// Reads a configuration file value by value, and notes what cannot be used.
struct ConfigReader {
    private(set) var config = DashboardConfig()
    private(set) var problems: [Diagnostic] = []

    private typealias Entry = LocatedData.Member

    mutating func read(_ root: LocatedData) {
        for entry in entries(of: root, "the configuration") {
            switch entry.key {
            case "theme": config.theme = choice(entry, among: Theme.names)
            case "start":
                let name = choice(entry, among: DashboardSettings.screenNames)
                config.startScreen = name.map { ScreenID($0) }
            case "window":
                let label = choice(entry, among: TimeWindow.allCases.map(\.label))
                config.window = TimeWindow.allCases.first { $0.label == label }
            case "columns": readColumns(entry.value)
            case "keys": readKeys(entry.value)
            default: unknown(entry, "key", among: ["theme", "start", "window", "columns", "keys"])
            }
        }
    }

    // MARK: - Columns

    private mutating func readColumns(_ value: LocatedData) {
        for entry in entries(of: value, "'columns'") {
            guard let screen = Screens.all.first(where: { $0.id.name == entry.key }) else {
                unknown(entry, "screen", among: DashboardSettings.screenNames)
                continue
            }
            let ids = screen.columns.map(\.id)
            var shown: [Int] = []
            for name in texts(of: entry.value, "the columns of '\(entry.key)'") {
                guard let place = ids.firstIndex(of: name.text) else {
                    problem(
                        "'\(name.text)' is no column of '\(entry.key)'", name.span, "no such column", among: ids,
                        name.text)
                    continue
                }
                if !shown.contains(place) { shown.append(place) }
            }
            if !shown.isEmpty { config.columns[entry.key] = shown }
        }
    }

    // MARK: - Keys

    private mutating func readKeys(_ value: LocatedData) {
        var replaced: [String: [Key]] = [:]
        var spans: [String: SourceSpan] = [:]
        let names = Set(ActionTable.all.map(\.name)).sorted()
        for entry in entries(of: value, "'keys'") {
            guard names.contains(entry.key) else {
                unknown(entry, "action", among: names)
                continue
            }
            var keys: [Key] = []
            for name in texts(of: entry.value, "the keys of '\(entry.key)'") {
                guard let key = KeyScript.key(name.text) else {
                    problems.append(
                        Diagnostic(
                            rule: "config", severity: .error, message: "'\(name.text)' is no key", span: name.span,
                            label: "no such key",
                            help: "a key is one character, or a name in angle brackets: x, <Enter>, <C-x>, <F5>"))
                    continue
                }
                keys.append(key)
            }
            guard !keys.isEmpty else { continue }
            replaced[entry.key] = keys
            spans[entry.key] = entry.span
        }
        let map = KeyMap(replaced)
        let conflicts = map.conflicts()
        for conflict in conflicts {
            let span = spans[conflict.second] ?? spans[conflict.first]
            let other = spans[conflict.second] == nil ? conflict.second : conflict.first
            let mine = other == conflict.first ? conflict.second : conflict.first
            problems.append(
                Diagnostic(
                    rule: "config", severity: .error,
                    message: "'\(conflict.key)' is the key of both '\(conflict.first)' and '\(conflict.second)' "
                        + "in \(conflict.context.title)",
                    span: span, label: "'\(other)' has this key",
                    help: "give '\(other)' another key, or '\(mine)'"))
        }
        if conflicts.isEmpty { config.keys = map }
    }

    // MARK: - Values

    private mutating func entries(of value: LocatedData, _ what: String) -> [Entry] {
        switch value.content {
        case .map(let entries): return entries
        case .null: return []
        case .bool, .number, .text, .list:
            wrong("\(what) wants keys and values", value.span, "not a map")
            return []
        }
    }

    /// One text, or a list of them.
    private mutating func texts(of value: LocatedData, _ what: String) -> [(text: String, span: SourceSpan)] {
        switch value.content {
        case .bool, .number, .text: return value.spelling.map { [($0, value.span)] } ?? []
        case .list(let values):
            if values.isEmpty { nothing(what, value.span) }
            return values.compactMap { value in
                if let text = value.spelling { return (text, value.span) }
                wrong("\(what) are names", value.span, "not a name")
                return nil
            }
        case .null:
            nothing(what, value.span)
            return []
        case .map:
            wrong("\(what) are a list of names", value.span, "not a list")
            return []
        }
    }

    private mutating func choice(_ entry: Entry, among names: [String]) -> String? {
        guard let text = entry.value.spelling else {
            wrong("'\(entry.key)' wants one of \(names.joined(separator: ", "))", entry.value.span, "not a name")
            return nil
        }
        guard names.contains(text) else {
            problem("'\(entry.key)' cannot be '\(text)'", entry.value.span, "no such \(entry.key)", among: names, text)
            return nil
        }
        return text
    }

    // MARK: - Problems

    private mutating func unknown(_ entry: Entry, _ noun: String, among names: [String]) {
        problem("'\(entry.key)' is no \(noun)", entry.span, "no such \(noun)", among: names, entry.key)
    }

    private mutating func problem(
        _ message: String, _ span: SourceSpan, _ label: String, among names: [String], _ typed: String
    ) {
        let known = names.count > 12 ? nil : "it is one of \(names.joined(separator: ", "))"
        problems.append(
            Diagnostic(
                rule: "config", severity: .error, message: message, span: span, label: label,
                help: nearestName(to: typed, among: names).map { "did you mean '\($0)'?" } ?? known))
    }

    /// An empty list would change nothing, and its author believes that it does.
    private mutating func nothing(_ what: String, _ span: SourceSpan) {
        problems.append(
            Diagnostic(
                rule: "config", severity: .error, message: "\(what) are none", span: span, label: "nothing is named",
                help: "name at least one, or leave the line out for the usual ones"))
    }

    private mutating func wrong(_ message: String, _ span: SourceSpan, _ label: String) {
        problems.append(
            Diagnostic(rule: "config", severity: .error, message: message, span: span, label: label))
    }
}

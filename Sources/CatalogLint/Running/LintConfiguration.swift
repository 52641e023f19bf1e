public import CatalogModel
public import SourceDiagnostics

/// What `lint:` says, checked: severities, paths and options per rule.
public struct LintConfiguration: Sendable {
    /// What is wrong with `lint:` itself.
    public private(set) var diagnostics: [Diagnostic] = []
    private var severities: [String: Level] = [:]
    private var paths: [String: [(pattern: PathPattern, level: Level)]] = [:]
    private(set) var options: [String: [String: RuleOption.Value]] = [:]
    private let asked: Set<String>
    private let root: String
    private var fixes: NameFixes

    private enum Level: Sendable, Equatable {
        case off
        case on(Severity)

        init?(_ text: String) {
            if text == "off" {
                self = .off
            } else if let severity = Severity(rawValue: text) {
                self = .on(severity)
            } else {
                return nil
            }
        }
    }

    /// - Parameter asked: Rules that are on whatever is said of them everywhere; what is said of paths holds.
    public init(_ loaded: LoadedCatalog, asked: Set<String> = []) {
        self.asked = asked
        root = loaded.root
        fixes = NameFixes(of: loaded)
        for entry in loaded.lint { add(entry) }
    }

    private mutating func add(_ entry: LintEntry) {
        let name = entry.rule.value
        let found = lintRule(named: name)
        guard name == "all" || found != nil else {
            report(
                "unknown-key", "'\(name)' is not a rule", entry.rule, "no such rule",
                nameSuggestion(for: name, among: allRules.map(\.name)))
            return
        }
        if found?.group == .structure {
            report(
                "invalid-value", "'\(name)' is always an error and cannot be set", entry.rule, "a structural rule")
            return
        }
        severities[name] = entry.severity.flatMap { Level($0.value) }
        paths[name] = entry.paths.compactMap { path in
            Level(path.severity.value).map { (PathPattern(path.pattern.value), $0) }
        }
        for option in entry.options { add(option, of: found, entry) }
    }

    private mutating func add(_ option: LintEntry.Option, of rule: (any Rule)?, _ entry: LintEntry) {
        let name = option.key.value
        guard let known = rule?.options.first(where: { $0.name == name }) else {
            let names = (rule?.options.map(\.name) ?? []) + ["severity", "paths"]
            report(
                "unknown-key", "'\(name)' is not an option of '\(entry.rule.value)'", option.key, "no such option",
                nameSuggestion(for: name, among: names))
            return
        }
        guard let text = option.values.first, option.values.count == 1, let value = known.standard.parsed(text.value)
        else {
            report(
                "wrong-type", "'\(name)' of '\(entry.rule.value)' must be \(known.standard.phrase)",
                option.values.first ?? option.key, "not \(known.standard.phrase)")
            return
        }
        options[entry.rule.value, default: [:]][name] = value
    }

    private mutating func report(
        _ rule: String, _ message: String, _ place: Located<String>, _ label: String,
        _ nearest: NameSuggester.Suggestion? = nil
    ) {
        var diagnostic = Diagnostic(
            rule: rule, severity: .error, message: message, span: place.span, label: label,
            help: nearest.map { "did you mean '\($0.name)'?" })
        if let nearest, nearest.isOnlyOne {
            diagnostic.fix = fixes.replacing(place.value, with: nearest.name, at: place.span)
        }
        diagnostics.append(diagnostic)
    }

    /// Whether the rule can have findings anywhere.
    func isOn(_ rule: any Rule) -> Bool {
        if rule.group == .structure { return true }
        let everywhere = level(of: rule.name, standard: rule.severity)
        return everywhere != .off || !(paths[rule.name] ?? []).isEmpty || !(paths["all"] ?? []).isEmpty
    }

    /// The severity of a rule's finding in a file, `standard` where `lint:` does not say; nil where it is off.
    public func severity(of name: String, in file: String?, standard: Severity) -> Severity? {
        let found = lintRule(named: name)
        if found?.group == .structure { return .error }
        var level = level(of: name, standard: found != nil && found?.severity == nil ? nil : standard)
        if let file {
            for place in (paths["all"] ?? []) + (paths[name] ?? []) where matches(place.pattern, file) {
                level = place.level
            }
        }
        if case .on(let severity) = level { return severity }
        return nil
    }

    /// The level where no path is named.
    private func level(of name: String, standard: Severity?) -> Level {
        let level = severities[name] ?? severities["all"] ?? standard.map(Level.on) ?? .off
        return level == .off && asked.contains(name) ? .on(standard ?? .warning) : level
    }

    /// Patterns speak of paths from the catalog's folder; the path as shown counts, too.
    private func matches(_ pattern: PathPattern, _ file: String) -> Bool {
        if pattern.matches(file) { return true }
        return !root.isEmpty && file.hasPrefix(root + "/") && pattern.matches(String(file.dropFirst(root.count + 1)))
    }
}

extension RuleOption.Value {
    fileprivate func parsed(_ text: String) -> RuleOption.Value? {
        switch self {
        case .count: Int(text).flatMap { $0 >= 0 ? .count($0) : nil }
        case .flag: text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
        case .duration: Duration(catalogText: text).map { .duration($0) }
        }
    }

    fileprivate var phrase: String {
        switch self {
        case .count: "a whole number"
        case .flag: "true or false"
        case .duration: "a duration such as 5s"
        }
    }

    /// As it is written under `lint:`.
    public var text: String {
        switch self {
        case .count(let count): String(count)
        case .flag(let flag): flag ? "true" : "false"
        case .duration(let duration): duration.catalogText
        }
    }
}

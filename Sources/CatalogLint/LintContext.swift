public import CatalogModel
import SourceDiagnostics

/// What a rule may ask: the catalog, its graph, its own options, and the two facts from outside.
public struct LintContext: Sendable {
    public let loaded: LoadedCatalog
    public let settings: LintSettings
    let deadLetters: DeadLetters
    /// The channels on which a publisher awaits a reply.
    let replyChannels: Set<String>
    let configuration: LintConfiguration

    public var catalog: Catalog { loaded.catalog }
    public var graph: CatalogGraph { loaded.graph }

    init(_ loaded: LoadedCatalog, _ settings: LintSettings, _ configuration: LintConfiguration) {
        self.loaded = loaded
        self.settings = settings
        self.configuration = configuration
        deadLetters = DeadLetters(loaded.catalog)
        var replyChannels: Set<String> = []
        for service in loaded.catalog.services {
            // By index, since entries are large and a loop over them would copy each.
            let publishes = service.publishes
            for entry in publishes.indices {
                if case .reply(let channel) = publishes[entry].awaits { replyChannels.insert(channel.value) }
            }
        }
        self.replyChannels = replyChannels
    }

    /// Whether a file that could not be read to its end may say more about this name: then absence proves nothing.
    func mayBeHidden(_ name: String) -> Bool { loaded.mayBeHidden(name) }

    /// Whether any service has such a key that could not be read: what it names is not known.
    func isBrokenAtAnyService(_ key: CatalogKey) -> Bool {
        catalog.services.contains { isBroken(key, at: $0.span) }
    }

    /// Whether a key stands there and could not be read, which is a finding of its own: then it must not be called missing.
    func isBroken(_ key: CatalogKey, at owner: SourceSpan) -> Bool { loaded.isBroken(key, at: owner) }

    func count(_ option: String, of rule: some Rule) -> Int {
        if case .count(let value) = value(option, of: rule) { value } else { 0 }
    }

    func flag(_ option: String, of rule: some Rule) -> Bool {
        if case .flag(let value) = value(option, of: rule) { value } else { false }
    }

    func duration(_ option: String, of rule: some Rule) -> Duration {
        if case .duration(let value) = value(option, of: rule) { value } else { .zero }
    }

    private func value(_ option: String, of rule: some Rule) -> RuleOption.Value? {
        configuration.options[rule.name]?[option] ?? rule.options.first { $0.name == option }?.standard
    }
}

/// What a run takes from outside the catalog.
public struct LintSettings: Sendable {
    /// The day of the run as `2026-01-15`, for sunset dates.
    public var today: String
    /// Rules that are asked for by name: they are on, unless `lint:` sets them off for a path.
    public var asked: Set<String> = []
    /// Whether a local file is there, by its path as spans have it.
    public var fileExists: @Sendable (String) -> Bool

    /// Today in UTC, and the real file system.
    public init() {
        self.init(today: currentDay(), fileExists: isFile(at:))
    }

    public init(today: String, fileExists: @escaping @Sendable (String) -> Bool) {
        self.today = today
        self.fileExists = fileExists
    }
}

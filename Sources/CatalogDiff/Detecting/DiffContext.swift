import CatalogModel
import SourceDiagnostics

/// What a detector may ask: both catalogs, the old one with the new names of what was renamed, and who is who in the
/// new one.
struct DiffContext: Sendable {
    let old: Catalog
    let new: Catalog
    let oldGraph: CatalogGraph
    let newGraph: CatalogGraph
    let renames: Renames
    let oldFile: @Sendable (String) -> SourceFile?
    let newFile: @Sendable (String) -> SourceFile?

    init(old: CatalogSide, new: CatalogSide) {
        renames = Renames(from: CatalogGraph(old.catalog), to: CatalogGraph(new.catalog))
        self.old = old.catalog.renaming(services: renames.services, channels: renames.channels)
        self.new = new.catalog
        oldGraph = CatalogGraph(self.old)
        newGraph = CatalogGraph(new.catalog)
        oldFile = old.file
        newFile = new.file
    }

    /// Things of two lists by name: both, only the old one, only the new one, each in order.
    func pairs<Element>(
        _ old: [Element], _ new: [Element], by name: (Element) -> String
    ) -> (both: [(old: Element, new: Element)], removed: [Element], added: [Element]) {
        let before = Dictionary(old.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(name))
        return (
            new.compactMap { element in before[name(element)].map { ($0, element) } },
            old.filter { !after.contains(name($0)) }, new.filter { before[name($0)] == nil }
        )
    }

    /// What `changes` says of every service of either catalog, by name; nil where a catalog does not have it.
    func ofEachService(
        _ changes: (_ name: String, _ old: Service?, _ new: Service?) -> [CatalogChange]
    ) -> [CatalogChange] {
        let olds = Dictionary(old.services.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let news = Dictionary(new.services.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(olds.keys).union(news.keys).sorted().flatMap { changes($0, olds[$0], news[$0]) }
    }

    // MARK: Who is affected, in the new catalog

    func party(_ service: String, _ role: CatalogChange.Party.Role) -> CatalogChange.Party {
        let owner = newGraph.service(service)?.documentation.owner ?? oldGraph.service(service)?.documentation.owner
        return CatalogChange.Party(service: service, role: role, owner: owner)
    }

    func parties(_ uses: [CatalogGraph.Use], _ role: CatalogChange.Party.Role) -> [CatalogChange.Party] {
        Set(uses.map { party(new.services[$0.service].name, role) }).sorted()
    }

    /// Who handles the channel's messages in the new catalog, behind its routes too.
    func subscribers(of channel: String) -> [CatalogChange.Party] {
        parties(newGraph.handlers(of: channel), .subscriber)
    }

    /// Whose messages arrive at the channel in the new catalog.
    func publishers(of channel: String) -> [CatalogChange.Party] {
        parties(newGraph.senders(to: channel), .publisher)
    }

    func callers(of service: String) -> [CatalogChange.Party] {
        parties(newGraph.callers(of: service), .caller)
    }
}

/// `'mail' and 'stock' subscribe to it`, `'mail' subscribes to it`
func subscribing(_ parties: [CatalogChange.Party]) -> String {
    let names = Set(parties.map(\.service)).sorted()
    return "\(quotedList(names)) \(names.count == 1 ? "subscribes" : "subscribe") to it"
}

/// `'a'`, or `'a', 'b' and 2 others`: the parties by name.
func named(_ parties: [CatalogChange.Party]) -> String { quotedList(Set(parties.map(\.service)).sorted()) }

public import CatalogModel
public import SourceDiagnostics

/// Which file of a catalog takes which addition.
///
/// What is defined goes where it is defined. A new service gets a file of its own where services have one, and a new
/// channel goes into the file of the topic that delivers to it; else into the only file that holds such things, or into
/// `observed.yaml` beside them.
public struct CatalogPlacement: Sendable {
    /// The changed files: as they were and as they become; a new file was empty.
    public private(set) var changes: [(old: SourceFile, new: SourceFile)] = []
    /// What could not be added where it belongs.
    public private(set) var left: [(path: String, addition: CatalogAddition)] = []

    /// - Parameter standard: Where things go that nothing else gives a place to: the only file, or one in the folder.
    public init(_ additions: [CatalogAddition], in loaded: LoadedCatalog, standard: String) {
        let places = Places(loaded, additions, standard: standard)
        var byFile: [String: [CatalogAddition]] = [:]
        for addition in additions { byFile[places.file(of: addition), default: []].append(addition) }
        let sources = Dictionary(loaded.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for (path, additions) in byFile.sorted(by: { $0.key < $1.key }) {
            let old = sources[path] ?? SourceFile(path: path, bytes: [])
            let insertion = CatalogInsertion(old, adding: additions)
            left += insertion.left.map { (path, $0) }
            if insertion.source != old { changes.append((old, insertion.source)) }
        }
    }

    private struct Places {
        private let catalog: Catalog
        private let standard: String
        private let serviceFiles: [String: Int]
        private let channelFiles: [String: Int]
        /// For a new channel the documented one that delivers to it.
        private var sources: [String: String] = [:]

        init(_ loaded: LoadedCatalog, _ additions: [CatalogAddition], standard: String) {
            catalog = loaded.catalog
            self.standard = standard
            serviceFiles = Dictionary(loaded.catalog.services.map { ($0.span.file, 1) }, uniquingKeysWith: +)
            channelFiles = Dictionary(loaded.catalog.channels.map { ($0.span.file, 1) }, uniquingKeysWith: +)
            for addition in additions where loaded.catalog.channel(named: addition.name) != nil {
                for item in addition.lists.flatMap(\.items) { sources[item] = sources[item] ?? addition.name }
            }
        }

        func file(of addition: CatalogAddition) -> String {
            switch addition.section {
            case .services:
                if let known = catalog.service(named: addition.name) { return known.span.file }
                guard serviceFiles.count > 1 else { return serviceFiles.keys.first ?? standard }
                let hasOwnFiles = serviceFiles.values.count { $0 == 1 } * 2 > serviceFiles.count
                return folder(of: serviceFiles) + (hasOwnFiles ? Self.fileName(addition.name) : "observed.yaml")
            case .topics, .queues:
                if let known = catalog.channel(named: addition.name) { return known.span.file }
                if let source = sources[yamlScalar(addition.name)].flatMap({ catalog.channel(named: $0) }) {
                    return source.span.file
                }
                guard channelFiles.count > 1 else { return channelFiles.keys.first ?? standard }
                return folder(of: channelFiles) + "observed.yaml"
            }
        }

        /// The folder that holds most of the files, with its slash.
        private func folder(of files: [String: Int]) -> String {
            let folders = Dictionary(
                files.keys.map { (String($0[..<($0.lastIndex(of: "/").map { $0 } ?? $0.startIndex)]), 1) },
                uniquingKeysWith: +)
            let best = folders.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
            return best.isEmpty ? "" : best + "/"
        }

        /// Letters, digits, dots and dashes of a name, in any script: no name leaves its folder or begins with a dot.
        private static func fileName(_ name: String) -> String {
            var slug = ""
            for character in name.prefix(60) {
                slug.append(character.isLetter || character.isNumber || character == "." ? character : "-")
            }
            while slug.hasPrefix(".") || slug.hasPrefix("-") { slug.removeFirst() }
            return (slug.isEmpty ? "observed" : slug) + ".yaml"
        }
    }
}

import ArgumentParser
import CatalogModel
import FlowMatching
import Foundation
import SourceDiagnostics
import TraceModel
import TraceStore

/// `--catalog`, the same on every command.
struct CatalogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The catalog: a folder of YAML files, or one file.", valueName: "path"), completion: .yaml)
    var catalog: String?

    static let defaultPath = "catalog"

    /// Whether none was named and there is no ./catalog.
    var isAbsent: Bool { catalog == nil && !FileManager.default.fileExists(atPath: Self.defaultPath) }

    /// The catalog; where it is absent, an empty one for commands that can do without.
    static func load(_ path: String?, isNeeded: Bool = false) throws -> LoadedCatalog {
        if path == nil, !isNeeded, !FileManager.default.fileExists(atPath: defaultPath) { return LoadedCatalog() }
        do throws(CatalogLoadError) {
            return try loadCatalog(at: path ?? defaultPath)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The catalog, with a word on standard error when it has errors: what could be read is used.
    /// - Throws: where it is absent, and needed: what is made of a catalog must not be made of none.
    func loadWithWarning(isNeeded: Bool = false) throws -> Catalog {
        try loadWithWarnings(isNeeded: isNeeded).catalog
    }

    /// The same with everything else that was read.
    func loadWithWarnings(isNeeded: Bool = false) throws -> LoadedCatalog {
        let loaded = try Self.load(catalog, isNeeded: isNeeded)
        let errors = loaded.diagnostics.count { $0.severity == .error }
        if errors > 0 {
            Talk.note("the catalog has \(counted(errors, "error")): see 'flowglass lint'")
        }
        return loaded
    }
}

/// `--store`, the same on every command.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store of spans (default: $XDG_STATE_HOME/flowglass/spans.db).", valueName: "path"), completion: .store)
    var store: String?

    var path: String { store ?? Self.defaultPath }

    func validate() throws { try Self.check(store) }

    static func check(_ store: String?) throws {
        guard store != "" else { throw ValidationError("--store wants the path of a file, e.g. --store spans.db") }
        // Else a folder named `clickhouse:` would be made for it.
        guard let store, let scheme = store.firstRange(of: "://") else { return }
        throw ValidationError(
            "a store is a file on this machine, e.g. --store spans.db: "
                + "Flowglass keeps no spans in \(store[..<scheme.lowerBound]) and reads none from there")
    }

    /// Where `flowglass demo` keeps its spans.
    static var demoPath: String { Files.folder(of: defaultPath) + "/demo.db" }

    /// `$XDG_STATE_HOME/flowglass/spans.db`, or `~/.local/state/flowglass/spans.db` (XDG Base Directory Specification).
    static var defaultPath: String {
        let environment = ProcessInfo.processInfo.environment
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (state ?? home + "/.local/state") + "/flowglass/spans.db"
    }

    /// The store, to be read. Where there is none yet and the demo's is, that one is named.
    func reader(_ catalog: Catalog) throws -> SpanStoreReader {
        if store == nil, !FileManager.default.fileExists(atPath: path),
            FileManager.default.fileExists(atPath: Self.demoPath)
        {
            throw CommandFailure(
                "there is no store at \(path)\nfor what the demo sent, say --store \(Self.demoPath); "
                    + "for your own spans, start a collector with 'flowglass collect'")
        }
        return try storeReader(path, catalog)
    }
}

/// Opens a store that exists, to be read as a catalog has it.
func storeReader(_ path: String, _ catalog: Catalog) throws -> SpanStoreReader {
    try commandResult { try SpanStoreReader(path, settings: SpanStore.Settings(catalog)) }
}

extension SpanStore.Settings {
    /// What a catalog tells a store: where the correlation ID is, and which channels deliver to which.
    init(_ catalog: Catalog) {
        self.init()
        correlationAttributes = catalog.conventions.correlationAttributes
        routes = channelRoutes(of: catalog)
    }
}

/// `--json`, the same on every command that prints facts.
struct JSONOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false
}

/// Nanoseconds since the Unix epoch.
func currentTime() -> UInt64 { UInt64(max(0, Date().timeIntervalSince1970) * 1e9) }

/// A name of the catalog that looks like `name`, as a hint; empty where none does.
func suggestion(for name: String, among names: [String]) -> String {
    nearestName(to: name, among: names).map { "\ndid you mean '\($0)'?" } ?? ""
}

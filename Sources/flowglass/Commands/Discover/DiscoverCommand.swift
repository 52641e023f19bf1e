import ArgumentParser
import CatalogModel
import FlowMatching
import Foundation
import SourceDiagnostics
import TraceModel
import TraceStore

struct DiscoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Propose catalog entries for what was observed and is not documented.",
        discussion: """
            Prints YAML, or adds it to the right files with --write, which keeps comments and layout: existing \
            definitions where they stand, new services in files of their own where services have them. Temporary channels \
            are left out, and names that differ only in ids become one template.

            EXAMPLES
              flowglass discover
              flowglass discover --diff                 what --write would change
              flowglass discover --write && git diff
              flowglass discover --window 24h --json
            """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: JSONOptions

    @Option(help: ArgumentHelp("How far back: 1m, 5m, 1h, 24h or all.", valueName: "time"))
    var window: TimeWindow = .all

    @Flag(help: "Add the entries to the catalog's files.")
    var write = false

    @Flag(help: "Print what --write would change, as a patch, and change nothing.")
    var diff = false

    func validate() throws {
        if write, diff { throw ValidationError("--write changes the files, --diff only shows it: choose one") }
        if output.json, write || diff {
            throw ValidationError("--json prints the entries: it goes with neither --write nor --diff")
        }
    }

    func run() throws {
        let loaded = try catalog.loadWithWarnings()
        let observed = try commandResult { try store.reader(loaded.catalog).edges(window, now: currentTime()) }
        let proposal = CatalogProposal(
            catalog: loaded.catalog, graph: FlowGraph(catalog: loaded.catalog, observed: observed))
        for sentence in proposal.leftOut { Talk.note("left out: \(sentence)") }
        if output.json { return Output.json(.object([("additions", .array(proposal.additions.map(Self.json)))])) }
        if proposal.additions.isEmpty {
            return Talk.note(
                observed.isEmpty
                    ? "nothing to propose: no spans were received"
                    : "nothing to propose: all that was seen is documented")
        }
        guard write || diff else { return Output.write(proposal.yaml(beside: loaded.catalog)) }
        let placement = CatalogPlacement(proposal.additions, in: loaded, standard: standardFile(loaded))
        for (path, addition) in placement.left {
            Talk.note(
                "cannot add to '\(addition.name)' in \(path) without touching more than the entry; write it by hand:\n"
                    + addition.lines(indent: 2).joined(separator: "\n"))
        }
        try check(placement, loaded)
        if diff { return Output.write(patchText(placement.changes.map { ($0.old, $0.new) })) }
        try apply(placement)
    }

    // MARK: - Printing

    private static func json(_ addition: CatalogAddition) -> JSONValue {
        .object([
            ("section", .string(addition.section.rawValue)), ("name", .string(addition.name)),
            ("values", .object(addition.values.map { ($0.key, json(yaml: $0.value)) })),
            ("lists", .object(addition.lists.map { ($0.key, .array($0.items.map(json(yaml:)))) })),
            ("yaml", .string(addition.lines(indent: 0).joined(separator: "\n"))),
        ])
    }

    /// A value as it would stand in the catalog: maps, lists and texts.
    private static func json(yaml text: String) -> JSONValue {
        func value(_ data: LocatedData) -> JSONValue {
            switch data.content {
            case .map(let members): .object(members.map { ($0.key, value($0.value)) })
            case .list(let elements): .array(elements.map(value))
            case .null, .bool, .number, .text: .string(data.spelling ?? "")
            }
        }
        return LocatedData.parse(SourceFile(path: "", text: text)).data.map(value) ?? .string(text)
    }

    // MARK: - Writing

    /// The catalog itself where it is one file, else a file in its folder.
    private func standardFile(_ loaded: LoadedCatalog) -> String {
        let path = catalog.catalog ?? CatalogOptions.defaultPath
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
            return loaded.sources.first?.path ?? path
        }
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return path }
        return (path as NSString).appendingPathComponent("observed.yaml")
    }

    /// The catalog must still be without new errors: a proposal that breaks it is not written.
    private func check(_ placement: CatalogPlacement, _ loaded: LoadedCatalog) throws {
        let changed = Dictionary(uniqueKeysWithValues: placement.changes.map { ($0.new.path, $0.new) })
        var texts = loaded.sources.map { (changed[$0.path] ?? $0).text }
        let known = Set(loaded.sources.map(\.path))
        texts += placement.changes.filter { !known.contains($0.new.path) }.map { $0.new.text }
        let before = loaded.diagnostics.count { $0.severity == .error }
        let after = loadCatalog(texts: texts).diagnostics.filter { $0.severity == .error }
        if after.count > before, let first = after.last {
            throw CommandFailure(
                "the entries do not fit into the catalog, and nothing was written: \(first.message)\n"
                    + "print them with 'flowglass discover', and write them down by hand")
        }
    }

    private func apply(_ placement: CatalogPlacement) throws {
        var replacement = FileReplacement()
        do {
            for change in placement.changes
            where !change.old.bytes.isEmpty || FileManager.default.fileExists(atPath: change.old.path) {
                try replacement.add(change.old.path, expecting: change.old.bytes, new: change.new.bytes)
            }
            for change in placement.changes where !FileManager.default.fileExists(atPath: change.new.path) {
                try Self.create(change.new)
            }
        } catch {
            replacement.abandon()
            throw error
        }
        try replacement.commit()
        let files = placement.changes.map(\.new.path)
        if !files.isEmpty { Talk.note("wrote \(files.joined(separator: ", "))") }
    }

    private static func create(_ file: SourceFile) throws {
        try Files.makeFolder(Files.folder(of: file.path))
        try Files.create(file.text.text, at: file.path)
    }
}

extension SourceFile {
    /// The path and the text, as `loadCatalog(texts:)` takes them.
    fileprivate var text: (path: String, text: String) { (path, String(decoding: bytes, as: UTF8.self)) }
}

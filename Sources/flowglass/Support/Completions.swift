import ArgumentParser
import CatalogLint
import CatalogModel
import Foundation
import TraceModel
import TraceStore

/// Values that a shell completes: those of the program, of the catalog and of the store that the command line names.
extension CompletionKind {
    static let yaml = CompletionKind.file(extensions: ["yaml", "yml", "json"])
    static let store = CompletionKind.file(extensions: ["db"])
    static let anyFile = CompletionKind.file()
    /// Branches and tags of the repository of the working folder.
    static let commit = CompletionKind.shellCommand(
        "git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null")
    static let rule = CompletionKind.list(allRules.map(\.name))

    /// Rules separated by commas: the last one is completed.
    static let rules = CompletionKind.custom { _, _, prefix in
        let begun = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
        return allRules.map { begun + $0.name }
    }

    /// Names of the catalog.
    static func names(_ names: @escaping @Sendable (Catalog) -> [String]) -> CompletionKind {
        .custom { words, _, _ in
            completable(names(CommandLineWords(words).catalog))
        }
    }

    static let anyName = names { $0.names }
    static let service = names { $0.services.map(\.name) }
    static let channel = names { $0.channels.map(\.name) }
    static let serviceOrChannel = names { $0.services.map(\.name) + $0.channels.map(\.name) }
    static let flow = names { $0.flows.map(\.name) }

    /// The newest conversations of the store.
    static let conversation = CompletionKind.custom { words, _, _ in
        let line = CommandLineWords(words)
        let path = line.value(of: "--store") ?? StoreOptions.defaultPath
        let reader = try? SpanStoreReader(path, settings: SpanStore.Settings(line.catalog))
        return completable(((try? reader?.conversations(limit: 50)) ?? []).map(\.id))
    }

    /// A shell reads one candidate a line: names that would break one are not offered.
    private static func completable(_ names: [String]) -> [String] {
        Set(names).filter { !$0.isEmpty && !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            .sorted()
    }
}

/// The words of a command line that is being written.
struct CommandLineWords {
    private let words: [String]

    /// Words as shells pass them: quotes and backslashes still in them.
    init(_ words: [String]) {
        self.words = words.map { $0.filter { !"'\"\\".contains($0) } }
    }

    /// The value of an option, as `--catalog x` or `--catalog=x`.
    func value(of option: String) -> String? {
        for (index, word) in words.enumerated() {
            if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
            if word == option, words.indices.contains(index + 1) { return words[index + 1] }
        }
        return nil
    }

    /// The catalog that the command would use; an empty one where it cannot be read. Nothing is said: the prompt is in use.
    var catalog: Catalog { ((try? CatalogOptions.load(value(of: "--catalog"))) ?? LoadedCatalog()).catalog }
}

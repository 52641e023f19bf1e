import CatalogModel
import SourceDiagnostics
import Synchronization

/// The texts of one moment: the editor's, and those of files that it does not hold, whose lines are counted once.
final class DocumentLookup: Sendable {
    private let workspace: CatalogWorkspace?
    private let documents: Mutex<[String: TextDocument]>

    init(_ documents: [String: TextDocument], _ workspace: CatalogWorkspace?) {
        self.documents = Mutex(documents)
        self.workspace = workspace
    }

    func document(_ file: String) -> TextDocument? {
        documents.withLock { documents in
            if let known = documents[file] { return known }
            let read = workspace?.source(file).map { TextDocument($0.bytes) }
            documents[file] = read
            return read
        }
    }
}

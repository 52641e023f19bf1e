import SourceDiagnostics

/// AsyncAPI documents: files with a top-level `asyncapi:`.
struct AsyncAPIReader: DocumentReader {
    func accepts(_ tree: YAMLTree) -> Bool {
        tree.documents.first.flatMap { tree.value(of: "asyncapi", in: $0) } != nil
    }

    func read(_ source: SourceFile, _ tree: YAMLTree, _ folder: DocumentFolder) -> CatalogFragment {
        CatalogFragment(source: source)
    }
}

public import CatalogLint
public import CatalogModel

/// What a session takes from outside.
public struct LanguageServerSettings: Sendable {
    /// The version that the client is told.
    public var version: String
    /// The catalog's folder or file where the command line names one; else the client's workspace decides.
    public var catalog: String?
    /// Absolute.
    public var workingFolder: String
    /// Reads a catalog from disk.
    public var open: @Sendable (String) throws(CatalogLoadError) -> CatalogWorkspace
    /// Whether a file or folder is there.
    public var exists: @Sendable (String) -> Bool
    public var lint: LintSettings

    public init(
        version: String, catalog: String? = nil, workingFolder: String,
        open: @escaping @Sendable (String) throws(CatalogLoadError) -> CatalogWorkspace = {
            path throws(CatalogLoadError) in
            try CatalogWorkspace(at: path)
        },
        exists: @escaping @Sendable (String) -> Bool, lint: LintSettings = LintSettings()
    ) {
        self.version = version
        self.catalog = catalog
        self.workingFolder = workingFolder
        self.open = open
        self.exists = exists
        self.lint = lint
    }
}

/// One file of an export.
public struct ExportedFile: Sendable, Equatable {
    /// Relative to where the export goes; empty for an export that is just one text.
    public var path: String
    public var text: String

    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

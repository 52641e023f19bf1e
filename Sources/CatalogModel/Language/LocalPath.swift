import SourceDiagnostics

extension Located<String> {
    /// The file that a link or a schema names, from the folder of the catalog file that names it; nil for URLs and
    /// anchors.
    public var localPath: String? {
        let path = value.prefix { $0 != "#" && $0 != "?" }
        guard !path.isEmpty, !path.hasPrefix("//"), !path.unicodeScalars.contains("\0") else { return nil }
        let scheme = path.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        if scheme.count > 1, path.dropFirst(scheme.count).starts(with: ":") { return nil }
        if path.hasPrefix("/") { return String(path) }
        guard let slash = span.file.lastIndex(of: "/") else { return String(path) }
        return String(span.file[...slash]) + String(path)
    }
}

/// The files of a catalog, in path order.
struct CatalogFiles {
    struct File: Sendable {
        /// As it is opened.
        var path: String
        /// As it is shown: relative to the working folder where it lies below it.
        var shownPath: String
        /// Relative to the catalog's folder; ignore lists and path patterns speak of this.
        var relativePath: String
        /// What it is, whatever path leads to it.
        var identity: FileSystem.Identity
    }

    /// The catalog's folder, or the folder of a single file, as it is shown; empty for the working folder.
    var root: String
    var files: [File] = []
    /// The folders that were looked into, or the folder of a single file, as they are opened.
    var folders: [String] = []
    /// Folders that could not be read, and why.
    var unreadable: [(path: String, reason: String)] = []
    /// The folder's `.flowglassignore`.
    var ignored = IgnoreList("")

    /// Deeper folders are not looked into.
    private static let maximumDepth = 64

    /// - Throws: where the path itself is missing or cannot be read.
    init(at path: String) throws(CatalogLoadError) {
        let path = path.isEmpty ? "." : path
        let (kind, _, identity): (FileSystem.Kind, Int, FileSystem.Identity)
        do { (kind, _, identity) = try FileSystem.look(at: path) } catch { throw CatalogLoadError(path, error) }
        switch kind {
        case .file:
            let shown = Self.shown(path)
            let name = shown.split(separator: "/").last.map(String.init) ?? shown
            root = String(shown.dropLast(name.count))
            while root.count > 1, root.hasSuffix("/") { root.removeLast() }
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            folders = [folder.isEmpty ? path.hasPrefix("/") ? "/" : "." : folder]
            files = [File(path: path, shownPath: shown, relativePath: name, identity: identity)]
        case .folder:
            root = Self.shown(path)
            let ignoreFile = try? FileSystem.read(path + "/.flowglassignore", limit: 1 << 20)
            ignored = IgnoreList(ignoreFile.map { String(decoding: $0, as: UTF8.self) } ?? "")
            do { _ = try FileSystem.names(in: path) } catch { throw CatalogLoadError(path, error) }
            walk(path, identity)
        case .other: throw .notAFileOrFolder(path: path)
        }
    }

    private mutating func walk(_ top: String, _ identity: FileSystem.Identity) {
        var folders: [(relative: String, depth: Int)] = [("", 0)]
        var seen: Set<FileSystem.Identity> = [identity]
        while let (folder, depth) = folders.popLast() {
            let names: [String]
            do {
                names = try FileSystem.names(in: Self.joined(top, folder))
            } catch {
                unreadable.append((Self.joined(root, folder), error.reason))
                continue
            }
            self.folders.append(Self.joined(top, folder))
            for name in names where !name.hasPrefix(".") {
                let relative = Self.joined(folder, name)
                guard !ignored.ignores(relative) else { continue }
                let path = Self.joined(top, relative)
                let isCatalogFile = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
                guard let found = try? FileSystem.look(at: path) else {
                    if isCatalogFile { unreadable.append((Self.joined(root, relative), "no such file or folder")) }
                    continue
                }
                switch found.kind {
                case .folder:
                    // A link may lead back to a folder above.
                    if depth < Self.maximumDepth, seen.insert(found.identity).inserted {
                        folders.append((relative, depth + 1))
                    }
                case .file:
                    guard isCatalogFile else { continue }
                    files.append(
                        File(
                            path: path, shownPath: Self.joined(root, relative), relativePath: relative,
                            identity: found.identity))
                case .other: continue
                }
            }
        }
        files.sort { $0.relativePath.utf8.lexicographicallyPrecedes($1.relativePath.utf8) }
    }

    /// `catalog` + `a.yaml`; nothing is added to an empty folder.
    static func joined(_ folder: String, _ name: String) -> String {
        if folder.isEmpty || name.isEmpty { return folder + name }
        return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The shorter way to say a path: relative to the working folder, without `./`.
    private static func shown(_ path: String) -> String {
        var path = path
        while path.hasPrefix("./") { path = String(path.dropFirst(2).drop { $0 == "/" }) }
        if path == "." { return "" }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if path.hasPrefix("/"), let working = FileSystem.workingFolder(), working != "/" {
            if path == working { return "" }
            if path.hasPrefix(working + "/") { return String(path.dropFirst(working.count + 1)) }
        }
        return path
    }
}

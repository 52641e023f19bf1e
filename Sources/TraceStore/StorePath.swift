/// What the path of a store says as text, whatever is there. (Foundation's `deletingLastPathComponent` traps on `./`.)
enum StorePath {
    /// The folder that the file is in: `.` for a bare name.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The name of the file in its folder; empty where the path ends with a slash.
    static func name(of path: String) -> String {
        String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }

    /// Whether it can only be a folder's: `x/`, `..`, nothing.
    static func namesFolder(_ path: String) -> Bool { ["", ".", ".."].contains(name(of: path)) }
}

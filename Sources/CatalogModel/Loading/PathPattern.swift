/// A pattern for paths, as in `.gitignore`: `*` and `?` within a name, `**` for any folders, a trailing `/` for folders
/// only. A pattern without an inner `/` matches a name at any depth, one with it from the catalog's folder down.
public struct PathPattern: Sendable, Equatable {
    /// The names between slashes.
    private let segments: [[Unicode.Scalar]]
    private let foldersOnly: Bool
    private static let anyFolders = Array("**".unicodeScalars)

    public init(_ text: String) {
        foldersOnly = text.hasSuffix("/")
        let isAnchored = text.dropLast(foldersOnly ? 1 : 0).contains("/")
        let names = text.split(separator: "/").map { Array($0.unicodeScalars) }
        segments = isAnchored ? names : [Self.anyFolders] + names
    }

    /// Whether the path, or a folder it lies in, matches. The path is relative to the catalog's folder.
    public func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/").map { Array($0.unicodeScalars) }
        guard !names.isEmpty else { return false }
        for count in 1...names.count where count < names.count || !foldersOnly {
            if Self.matches(segments[...], names[..<count]) { return true }
        }
        return false
    }

    /// Whether a whole list of names matches; `**` stands for any number of them.
    private static func matches(_ pattern: ArraySlice<[Unicode.Scalar]>, _ names: ArraySlice<[Unicode.Scalar]>) -> Bool
    {
        wildcardMatch(pattern, names, isStar: { $0 == anyFolders }) { glob, name in
            wildcardMatch(glob[...], name[...], isStar: { $0 == "*" }) { $0 == "?" || $0 == $1 }
        }
    }

    /// Matching with stars in O(pattern × text): on a mismatch only the last star takes one element more.
    private static func wildcardMatch<Element>(
        _ pattern: ArraySlice<Element>, _ text: ArraySlice<Element>, isStar: (Element) -> Bool,
        matches: (Element, Element) -> Bool
    ) -> Bool {
        var (p, t) = (pattern.startIndex, text.startIndex)
        var star: (pattern: Int, text: Int)?
        while t < text.endIndex {
            if p < pattern.endIndex, isStar(pattern[p]) {
                star = (p, t)
                p += 1
            } else if p < pattern.endIndex, matches(pattern[p], text[t]) {
                p += 1
                t += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                p = last.pattern + 1
                t = last.text + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy(isStar)
    }
}

/// The patterns of a `.flowglassignore`: one a line, `#` starts a comment, `!` takes a path back in, the last one wins.
struct IgnoreList: Sendable {
    private var rules: [(pattern: PathPattern, isIgnored: Bool)] = []

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            var line = String(line)
            while line.last == " " || line.last == "\t" { line.removeLast() }
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let isBack = line.hasPrefix("!")
            rules.append((PathPattern(isBack ? String(line.dropFirst()) : line), !isBack))
        }
    }

    func ignores(_ path: String) -> Bool { rules.last { $0.pattern.matches(path) }?.isIgnored ?? false }
}

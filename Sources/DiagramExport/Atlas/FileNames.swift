/// Hands out file names for names of the catalog: readable in any script, never two alike where case does not count, and
/// never one that leaves its folder, hides, or means a device.
///
///     order.completed     order.completed
///     주문/생성            주문-생성
///     ../etc/passwd       etc-passwd
///     CON                 CON-
public struct FileNames: Sendable {
    private var taken: Set<String> = []

    /// - Parameter reserved: Names that are used already.
    public init(reserved: [String] = []) { taken = Set(reserved.map { $0.lowercased() }) }

    /// A file name without an ending, at most 120 bytes long.
    public mutating func name(for text: String) -> String {
        let slug = Self.slug(of: text)
        var name = slug
        var number = 1
        while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(slug)-\(number)"
        }
        return name
    }

    /// The name alone, without regard to others.
    public static func slug(of text: String) -> String {
        var slug = ""
        for character in text {
            let isKept = character.isLetter || character.isNumber || character == "." || character == "_"
            if slug.utf8.count + String(character).utf8.count > 110 { break }
            if isKept { slug.append(character) } else if !slug.hasSuffix("-") { slug.append("-") }
        }
        while let first = slug.first, first == "." || first == "-" { slug.removeFirst() }
        while let last = slug.last, last == "." || last == "-" { slug.removeLast() }
        if slug.isEmpty { return "unnamed" }
        return isDevice(slug) ? slug + "-" : slug
    }

    /// `CON`, `nul.txt`, `com1`: devices on Windows, whatever follows the first dot.
    private static func isDevice(_ slug: String) -> Bool {
        let stem = slug.prefix { $0 != "." }.lowercased()
        if ["con", "prn", "aux", "nul"].contains(stem) { return true }
        return stem.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && stem.last?.isNumber == true
    }
}

import CatalogModel

extension Documentation {
    /// The keys whose values differ, in the order of the language: `title`, `owner`.
    func changedKeys(to other: Documentation) -> [String] {
        var keys: [String] = []
        if title != other.title { keys.append("title") }
        if description != other.description { keys.append("description") }
        if owner != other.owner { keys.append("owner") }
        if domain != other.domain { keys.append("domain") }
        if repository != other.repository { keys.append("repository") }
        if links != other.links { keys.append("links") }
        if tags != other.tags { keys.append("tags") }
        return keys
    }
}

/// `title`, or `title, owner and kind`: keys as a sentence lists them.
func listed(_ keys: [String]) -> String {
    guard let last = keys.last, keys.count > 1 else { return keys.first ?? "" }
    return keys.dropLast().joined(separator: ", ") + " and " + last
}

/// `every 5s` as `5s`; nothing as `none`.
func words(_ duration: Duration?) -> String { duration?.catalogText ?? "none" }

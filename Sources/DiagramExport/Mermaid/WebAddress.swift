import SourceDiagnostics

/// The page of a repository: `https://…` as it is, `git@host:path.git` and `host/path` as the page that they mean; nil
/// for anything that is not on the web.
func webAddress(ofRepository repository: String) -> String? {
    if repository.hasPrefix("https://") || repository.hasPrefix("http://") { return repository }
    guard !repository.contains("://") else { return nil }
    var path = repository[...]
    if path.hasPrefix("git@"), let colon = path.firstIndex(of: ":") {
        path = path.dropFirst(4)
        path.replaceSubrange(colon...colon, with: "/")
        if path.hasSuffix(".git") { path = path.dropLast(4) }
    }
    let host = path.prefix { $0 != "/" }
    let isHost = host.contains(".") && host.utf8.allSatisfy { isURLWordByte($0) } && host.first != "."
    return isHost && host.count < path.count ? "https://\(path)" : nil
}

/// What may stand in a URL between quotes stays; every other byte becomes `%XX`.
func encodedURL(_ url: String) -> String { percentEncoded(url, keeping: "-._~:/?#@!$&'()*+,=%[]") }

private func isURLWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        true
    default: false
    }
}

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
func percentEncoded(_ url: String) -> String {
    let kept = Set("-._~:/?#@!$&'()*+,=%[]".utf8)
    var text = ""
    for byte in url.utf8 {
        if isURLWordByte(byte) || kept.contains(byte) {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            let hex = String(byte, radix: 16, uppercase: true)
            text += "%" + (hex.count == 1 ? "0" : "") + hex
        }
    }
    return text
}

private func isURLWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        true
    default: false
    }
}

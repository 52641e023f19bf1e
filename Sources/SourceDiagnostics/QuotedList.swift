/// `'a'`, `'a' and 'b'`, `'a', 'b' and 2 others`
public func quotedList(_ names: [String], limit: Int = 4) -> String {
    let quoted = names.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    if quoted.count > limit {
        let shown = quoted.prefix(limit - 1).joined(separator: ", ")
        return "\(shown) and \(quoted.count - limit + 1) others"
    }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
}

/// Whether the letters of a pattern, which is in lower case, occur in the text in this order: `ordcom` in
/// `order.completed`. Capitals do not matter.
func fuzzyMatch(_ pattern: String, in text: String) -> Bool {
    var wanted = pattern.unicodeScalars.makeIterator()
    var next = wanted.next()
    for scalar in text.unicodeScalars {
        guard let letter = next else { return true }
        if lowercased(scalar) == letter { next = wanted.next() }
    }
    return next == nil
}

/// Whether the text contains the pattern, which is in lower case. Capitals do not matter.
func holds(_ pattern: String, in text: String) -> Bool {
    guard let first = pattern.unicodeScalars.first else { return true }
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    while start < scalars.endIndex {
        if lowercased(scalars[start]) == first {
            var rest = scalars[start...]
            if pattern.unicodeScalars.allSatisfy({ rest.popFirst().map(lowercased) == $0 }) { return true }
        }
        start = scalars.index(after: start)
    }
    return false
}

/// A scalar's lower case where that is one scalar. Quick for ASCII, and for scripts that have no capitals.
private func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x41...0x5A: return Unicode.Scalar(scalar.value + 0x20) ?? scalar
    case ..<0x80, 0x1100...0x11FF, 0x2E80...0xA63F, 0xAC00...0xD7FF: return scalar
    default:
        let mapping = scalar.properties.lowercaseMapping.unicodeScalars
        return mapping.count == 1 ? mapping.first ?? scalar : scalar
    }
}

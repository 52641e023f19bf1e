/// Whether one name is most likely the other, misspelt; stricter than a suggestion, since nobody looks at it again.
///
/// Names are compared word by word. `order.payed` is `order.paid` misspelt, and so are `orderPaid` and `ORDER_PAID`.
/// `order.v3` is not `order.v2` misspelt, nor `payment-eu` `payment-us` or `order.refunded` `order.funded`: short words,
/// numbers and first letters carry meaning, and the catalog rather lacks a definition. Of Hangul, letters are compared,
/// not syllables: `완려` is `완료` misspelt, `완성` is another word.
public func isMisspelling(_ name: String, of right: String) -> Bool {
    let wrong = words(of: name)
    let meant = words(of: right)
    if wrong.flatMap(\.self) == meant.flatMap(\.self) { return true }
    guard wrong.count == meant.count else { return false }
    return zip(wrong, meant).allSatisfy { $0 == $1 || isMisspelt(Array($0), Array($1)) }
}

/// Shorter words than this are never misspelt: `eu` and `us` are both right.
private let shortestWord = 4
private let mostMistakes = 2

private func isMisspelt(_ wrong: [UInt32], _ right: [UInt32]) -> Bool {
    let length = min(wrong.count, right.count)
    guard length >= shortestWord, wrong.first == right.first else { return false }
    let digits = (0x30...0x39) as ClosedRange<UInt32>
    guard wrong.filter(digits.contains) == right.filter(digits.contains) else { return false }
    return distance(wrong, right, limit: min(mostMistakes, length / 2)) != nil
}

/// The words of a name in lower case; anything but letters and digits stands between them.
private func words(of name: String) -> [[UInt32]] {
    name.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
        .map { word in word.flatMap { letters(of: $0) } }
}

/// A scalar as letters: Hangul syllables in their two or three parts (The Unicode Standard, 3.12), others in lower case.
private func letters(of scalar: Unicode.Scalar) -> [UInt32] {
    guard (0xAC00...0xD7A3).contains(scalar.value) else {
        return scalar.properties.lowercaseMapping.unicodeScalars.map(\.value)
    }
    let index = scalar.value - 0xAC00
    let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
    return index % 28 == 0 ? parts : parts + [0x11A7 + index % 28]
}

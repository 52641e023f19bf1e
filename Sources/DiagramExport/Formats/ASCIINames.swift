/// Hands out names of ASCII letters, digits, `-`, `_` and `.`, for formats that allow no others: at most 63 characters,
/// beginning and ending in a letter or digit, no two alike where case does not count.
///
/// A name that loses characters gets a mark of what it was, so that it is the same whatever else is there.
///
///     order.completed   order.completed
///     order completed   order-completed
///     주문               x-5b0a3c1d        (a mark of the name)
struct ASCIINames {
    private var taken: Set<String> = []

    mutating func name(for text: String) -> String {
        let base = Self.slug(of: text)
        var name = base
        var number = 1
        while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(base.prefix(58))-\(number)"
        }
        return name
    }

    static func slug(of text: String) -> String {
        var slug = ""
        var isLossy = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                slug.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                if !slug.isEmpty, slug.last?.isLetter == true || slug.last?.isNumber == true {
                    slug.unicodeScalars.append(Unicode.Scalar(byte))
                } else {
                    isLossy = true
                }
            default:
                if byte >= 0x80 { isLossy = true }
                if !slug.isEmpty, slug.last != "-", slug.last != "_", slug.last != "." { slug.append("-") }
            }
        }
        if slug.utf8.count > 48 { isLossy = true }
        slug = String(slug.prefix(48))
        while let last = slug.last, "-_.".contains(last) { slug.removeLast() }
        guard isLossy || slug.isEmpty else { return slug }
        return (slug.isEmpty ? "x" : slug) + "-" + mark(of: text)
    }

    /// Eight hexadecimal digits: FNV-1a of the UTF-8 bytes, 32 bits.
    private static func mark(of text: String) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

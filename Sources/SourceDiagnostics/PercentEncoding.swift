/// A text in which every byte but ASCII letters, digits and some marks is percent-encoded (RFC 3986, section 2.1).
///
/// Without other marks it is a path as a URI reference: the unreserved characters and `/` stay.
public func percentEncoded(_ text: String, keeping marks: String = "-._~/") -> String {
    let kept = Set(marks.utf8)
    var encoded = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        case _ where kept.contains(byte): encoded.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }
    }
    return encoded
}

/// A short name for a finding that survives edits elsewhere in its file.
///
/// It is made of rule, file and message, and of how many findings with the same three came before it; not of the line.
public struct Fingerprints {
    private var seen: [String: Int] = [:]

    public init() {}

    /// The next finding's fingerprint: 16 hexadecimal digits (FNV-1a, 64 bits). Ask in report order.
    public mutating func next(for diagnostic: Diagnostic) -> String {
        let key = "\(diagnostic.rule)\u{0}\(diagnostic.span?.file ?? "")\u{0}\(diagnostic.message)"
        let occurrence = seen[key, default: 0]
        seen[key] = occurrence + 1
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(key)\u{0}\(occurrence)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let hex = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex
    }
}

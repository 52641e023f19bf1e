/// The bytes of a bracketed paste, until `ESC [ 201 ~` ends it.
struct PasteAccumulator: Sendable {
    /// More is left out: nothing here takes a file.
    static let maximumBytes = 65_536
    private static let end = Array("\u{1B}[201~".utf8)

    private var bytes: [UInt8] = []
    /// How many bytes of the end have just been seen.
    private var matched = 0

    /// Adds a byte; returns whether the paste is complete.
    mutating func append(_ byte: UInt8) -> Bool {
        if bytes.count < Self.maximumBytes + Self.end.count { bytes.append(byte) }
        if byte == Self.end[matched] {
            matched += 1
        } else {
            matched = byte == Self.end[0] ? 1 : 0
        }
        guard matched == Self.end.count else { return false }
        if bytes.suffix(Self.end.count).elementsEqual(Self.end) { bytes.removeLast(Self.end.count) }
        return true
    }

    /// The text so far, with line feeds for the carriage returns that terminals send; leaves nothing behind.
    mutating func take() -> String {
        defer {
            bytes = []
            matched = 0
        }
        let lines = bytes.prefix(Self.maximumBytes).map { $0 == 0x0D ? 0x0A : $0 }
        return String(decoding: lines, as: UTF8.self)
    }
}

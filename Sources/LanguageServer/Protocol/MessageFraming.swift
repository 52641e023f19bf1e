/// Cuts a stream of bytes into messages: `Content-Length: 42`, an empty line, 42 bytes (Language Server Protocol 3.17,
/// "Base Protocol").
public struct MessageFraming: Sendable {
    /// What the stream gave.
    public enum Part: Sendable, Equatable {
        /// The content of one message.
        case message([UInt8])
        /// Headers that say no usable length: what follows can no longer be told apart.
        case broken(String)
    }

    private var buffer: [UInt8] = []
    /// What of `buffer` has been given out.
    private var start = 0
    private var isBroken = false

    /// A longer message is refused.
    static let maximumLength = 64 << 20
    static let maximumHeader = 8 << 10

    public init() {}

    /// Takes bytes as they come and gives the messages that are whole.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [Part] {
        guard !isBroken else { return [] }
        buffer.append(contentsOf: bytes)
        var parts: [Part] = []
        while let part = next() {
            parts.append(part)
            if isBroken { break }
        }
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        return parts
    }

    private mutating func next() -> Part? {
        guard let end = headerEnd() else {
            return buffer.count - start > Self.maximumHeader
                ? fail("the header is longer than 8 KiB") : nil
        }
        var length: Int?
        for line in buffer[start..<end].split(separator: 0x0A) {
            let text = String(decoding: line, as: UTF8.self).filter { $0 != "\r" }
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
            length = Int(parts[1].filter { $0 != " " })
        }
        guard let length, length >= 0 else { return fail("a header without a Content-Length") }
        guard length <= Self.maximumLength else { return fail("a message of more than 64 MiB") }
        guard buffer.count - end >= length else { return nil }
        defer { start = end + length }
        return .message(Array(buffer[end..<(end + length)]))
    }

    /// The index after the empty line; lone line feeds are taken, too.
    private func headerEnd() -> Int? {
        var index = start
        let limit = min(buffer.count, start + Self.maximumHeader)
        while index < limit {
            if buffer[index] == 0x0A {
                if index + 1 < buffer.count, buffer[index + 1] == 0x0A { return index + 2 }
                if index + 2 < buffer.count, buffer[index + 1] == 0x0D, buffer[index + 2] == 0x0A {
                    return index + 3
                }
            }
            index += 1
        }
        return nil
    }

    private mutating func fail(_ reason: String) -> Part {
        isBroken = true
        return .broken(reason)
    }

    /// A message with its header.
    public static func framed(_ content: String) -> String {
        "Content-Length: \(content.utf8.count)\r\n\r\n\(content)"
    }
}

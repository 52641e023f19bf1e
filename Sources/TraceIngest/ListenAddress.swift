import Glibc

/// Where a server listens, as users write it: `127.0.0.1:4318`, `[::1]:4318`, `localhost:4318`.
public struct ListenAddress: Sendable, Equatable {
    /// An address or a name; an IPv6 address without its brackets.
    public var host: String
    /// 0 lets the system choose one.
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Nil where the text is no address with a port.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            port <= 65_535
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard Self.bytes(ofV6: String(host)) != nil else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: { $0 == "/" || $0.isWhitespace }) else { return nil }
        self.host = String(host)
        self.port = port
    }

    /// Whether only this machine can reach it: `localhost`, an address in 127.0.0.0/8, `::1`. Other names are not,
    /// wherever they lead today: `127.0.0.1.shop.example` is somebody else's to change.
    public var isLoopback: Bool {
        if host.lowercased() == "localhost" { return true }
        var address = in_addr()
        if inet_pton(AF_INET, host, &address) == 1 { return UInt32(bigEndian: address.s_addr) >> 24 == 127 }
        guard let bytes = Self.bytes(ofV6: host) else { return false }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 0xFF }
        return bytes == Array(repeating: 0, count: 15) + [1] || (isMapped && bytes[12] == 127)
    }

    private static func bytes(ofV6 text: String) -> [UInt8]? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        return withUnsafeBytes(of: address) { Array($0) }
    }
}

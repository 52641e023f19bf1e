/// A `Host` header, without its port.
struct HostName {
    /// In lower case; an IPv6 address without its brackets.
    var name: String

    init(_ header: String) {
        let header = header.lowercased()
        if header.hasPrefix("["), let end = header.firstIndex(of: "]") {
            name = String(header[header.index(after: header.startIndex)..<end])
        } else {
            name = String(header.prefix { $0 != ":" })
        }
        if name.hasSuffix(".") { name.removeLast() }
    }

    /// Names that always lead to this machine, also from its containers; no page on the web can own one of them.
    var isLocal: Bool {
        switch name {
        case "localhost", "::1", "host.docker.internal", "host.containers.internal": true
        default: name.hasSuffix(".localhost") || isLoopbackAddress
        }
    }

    /// An address in 127.0.0.0/8.
    private var isLoopbackAddress: Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

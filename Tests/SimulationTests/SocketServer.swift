#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

/// A collector of a few lines on plain sockets, one thread, one connection at a time: it answers each request with the
/// next of the given answers (the last one again and again), and may hang up instead.
final class SocketServer: Sendable {
    enum Answer: Sendable {
        case reply(String)
        case hangUp

        static let ok = Answer.reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    }

    struct Seen: Sendable {
        var connections = 0
        var heads: [String] = []
        var bodies: [[UInt8]] = []
    }

    let port: Int
    private let descriptor: Int32
    private let state = Mutex(Seen())

    /// - Parameter port: 0 takes a free one.
    init?(port: Int = 0, _ answers: [Answer]) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        self.port = Int(in_port_t(bigEndian: address.sin_port))
        guard isBound else { return nil }
        Thread.detach { [self] in serve(answers) }
    }

    var seen: Seen { state.withLock { $0 } }

    func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func serve(_ answers: [Answer]) {
        var rest = answers[...]
        while true {
            let client = accept(descriptor, nil, nil)
            guard client >= 0 else { break }
            state.withLock { $0.connections += 1 }
            while let (head, body) = Self.readRequest(client) {
                state.withLock { seen in
                    seen.heads.append(head)
                    seen.bodies.append(body)
                }
                guard let answer = rest.count > 1 ? rest.popFirst() : rest.first, case .reply(let text) = answer else {
                    break
                }
                let bytes = Array(text.utf8)
                guard send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { break }
            }
            Glibc.close(client)
        }
        Glibc.close(descriptor)
    }

    private static func readRequest(_ client: Int32) -> (head: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var end: Int?
        var length = 0
        while true {
            if let end, bytes.count >= end + length {
                return (String(decoding: bytes[..<end], as: UTF8.self), Array(bytes[end..<(end + length)]))
            }
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
            guard end == nil, let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            end = blank.upperBound
            let head = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self)
            let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            length = field.flatMap { Int($0.split(separator: ":")[1].filter(\.isNumber)) } ?? 0
        }
    }

    private enum Thread {
        static func detach(_ body: @escaping @Sendable () -> Void) {
            let box = Unmanaged.passRetained(Box(body))
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { argument in
                    if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
                    return nil
                }, box.toOpaque())
            pthread_detach(thread)
        }

        private final class Box: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
    }
}

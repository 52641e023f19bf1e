import Foundation

/// A connection on which a test writes bytes and reads answers.
final class RawClient {
    /// One answer.
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var type: String? { headers["content-type"] }
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// - Parameter patience: Seconds that a read may take.
    init(port: Int, patience: Int = 10) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var timeout = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
    }

    deinit { close(descriptor) }

    /// Writes all bytes; false when the server has closed.
    @discardableResult
    func send(_ bytes: some Sequence<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next answer; nil when the server closes before it is complete.
    func answer(hasBody: Bool = true) -> Answer? {
        while true {
            if let head = head() {
                let length = hasBody ? head.headers["content-length"].flatMap { Int($0) } ?? 0 : 0
                while buffer.count < length { guard receive() else { return nil } }
                let body = Array(buffer.prefix(length))
                buffer.removeFirst(length)
                return Answer(status: head.status, headers: head.headers, body: body)
            }
            guard receive() else { return nil }
        }
    }

    /// Whether the server has closed, waiting for it to.
    func isClosed() -> Bool {
        while receive() {}
        return buffer.isEmpty && lastRead == 0
    }

    private var lastRead = -1

    private func receive() -> Bool {
        var piece = [UInt8](repeating: 0, count: 65536)
        lastRead = recv(descriptor, &piece, piece.count, 0)
        guard lastRead > 0 else { return false }
        buffer += piece[..<lastRead]
        return true
    }

    private func head() -> (status: Int, headers: [String: String])? {
        guard let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        buffer.removeFirst(end.upperBound)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] =
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return (status, headers)
    }
}

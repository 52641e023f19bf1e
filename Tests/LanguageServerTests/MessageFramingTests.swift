import LanguageServer
import Testing

@Suite struct MessageFramingTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `messages come whole, however the bytes come`() {
        let stream = bytes(MessageFraming.framed("{\"a\":\"한글\"}") + MessageFraming.framed("{}"))
        for size in 1...stream.count {
            var framing = MessageFraming()
            var parts: [MessageFraming.Part] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                parts += framing.take(stream[start..<min(start + size, stream.count)])
            }
            #expect(
                parts == [.message(bytes("{\"a\":\"한글\"}")), .message(bytes("{}"))], "in pieces of \(size)")
        }
    }

    @Test func `other headers and the case of letters do not matter`() {
        var framing = MessageFraming()
        let text =
            "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:  2\r\n\r\n{}"
        #expect(framing.take(bytes(text)) == [.message(bytes("{}"))])
    }

    @Test(
        arguments: [
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "Content-Length: -1\r\n\r\n",
            "Content-Length: x\r\n\r\n",
            "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length: 67108865\r\n\r\n",
            String(repeating: "x", count: 9_000),
        ])
    func `a stream that is none is given up, and takes no memory afterwards`(text: String) {
        var framing = MessageFraming()
        guard case .broken = framing.take(bytes(text)).first else {
            return #expect(Bool(false), "\(text)")
        }
        #expect(framing.take(bytes(MessageFraming.framed("{}"))) == [])
    }
}

import Foundation
import OTLPCoding
import Testing

/// A collector as a process of its own, spoken to as exporters speak to it.
private final class RunningCollector {
    let running: Program.Running
    let port: Int
    private var hasEnded = false

    init(store: String, http: String = "127.0.0.1:0", folder: String) throws {
        running = try Program.start(["collect", "--http", http, "--grpc", "off", "--store", store], in: folder)
        try running.input.close()
        // `flowglass: waiting for spans on 127.0.0.1:40123, store …`
        var text = ""
        while !text.contains("\n") {
            let part = running.errors.availableData
            try #require(!part.isEmpty, "the collector ended: \(text)")
            text += String(decoding: part, as: UTF8.self)
        }
        let address = try #require(text.split(separator: ",").first?.split(separator: ":").last)
        port = try #require(Int(address))
    }

    func end(_ signal: Int32) -> Int32 {
        hasEnded = true
        kill(running.process.processIdentifier, signal)
        running.process.waitUntilExit()
        return running.process.terminationStatus
    }

    deinit { if !hasEnded { _ = end(SIGKILL) } }

    /// POSTs a body; gives the status line's code.
    func post(_ body: [UInt8], type: String = "application/x-protobuf") throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isConnected)
        let head =
            "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        var rest = (Array(head.utf8) + body)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            try #require(sent > 0)
            rest = rest.dropFirst(sent)
        }
        var answer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(socket, &answer, answer.count, 0)
        let words = String(decoding: answer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }
}

/// One publish of `channel` by `service`.
private func request(_ number: UInt64) -> [UInt8] {
    OTLPRequest(resources: [
        OTLPResource(
            attributes: [("service.name", "주문")],
            scopes: [
                OTLPScope(
                    name: "test",
                    spans: [
                        OTLPSpan(
                            trace: TraceID(high: 9, low: number), id: SpanID(bits: number), kind: .producer,
                            name: "주문.완료 send", start: 1_768_467_600_000_000_000 + number,
                            end: 1_768_467_600_000_001_000 + number,
                            attributes: [("messaging.system", "kafka"), ("messaging.destination.name", "주문.완료")])
                    ])
            ])
    ]).encoded()
}

private func publishes(_ store: String, in folder: String) async throws -> Int {
    let printed = try await Program.run(["edges", "--store", store, "--json"], in: folder)
    let edges = try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [[String: Any]]
    return edges?.first { $0["kind"] as? String == "publishes" }?["count"] as? Int ?? 0
}

@Suite struct CollectorTests {
    @Test func `what was acknowledged survives a kill, and is counted once when sent again`() async throws {
        let scratch = try ScratchFolder()
        let store = scratch.path + "/spans.db"
        var acknowledged = 0
        for round in 0..<20 as Range<UInt64> {
            let collector = try RunningCollector(store: store, folder: scratch.path)
            for number in 1...10 as ClosedRange<UInt64> {
                // The first five are those of the round before: a client that had no answer sends again.
                let span = round * 5 + number
                if try collector.post(request(span)) == 200 { acknowledged = Int(span) }
            }
            _ = collector.end(SIGKILL)
            if round % 5 == 4 { #expect(try await publishes(store, in: scratch.path) == acknowledged) }
        }
        #expect(acknowledged == 105)
    }

    @Test func `a termination ends it with success after what was begun`() async throws {
        let scratch = try ScratchFolder()
        let store = scratch.path + "/spans.db"
        let collector = try RunningCollector(store: store, folder: scratch.path)
        #expect(try collector.post(request(1)) == 200)
        #expect(collector.end(SIGTERM) == 0)
        #expect(try await publishes(store, in: scratch.path) == 1)
    }

    @Test func `malformed requests are refused, and the collector goes on`() async throws {
        let scratch = try ScratchFolder()
        let collector = try RunningCollector(store: scratch.path + "/spans.db", folder: scratch.path)
        #expect(try collector.post([0xff, 0xff, 0xff]) == 400)
        #expect(try collector.post(Array("{".utf8), type: "application/json") == 400)
        #expect(try collector.post(request(1), type: "text/plain") == 415)
        #expect(try collector.post(request(1)) == 200)
    }

    @Test func `a port in use and a store in use are said, with what to do`() async throws {
        let scratch = try ScratchFolder()
        let collector = try RunningCollector(store: scratch.path + "/spans.db", folder: scratch.path)
        let port = try await Program.run(
            ["collect", "--http", "127.0.0.1:\(collector.port)", "--grpc", "off", "--store", "other.db"],
            in: scratch.path)
        #expect(port.status == 3)
        #expect(
            port.errors == """
                flowglass: cannot listen on 127.0.0.1:\(collector.port): address already in use
                           another collector may be running; choose a port with --http 127.0.0.1:4328

                """)
        let store = try await Program.run(
            ["collect", "--http", "127.0.0.1:0", "--grpc", "off", "--store", "spans.db"], in: scratch.path)
        #expect(store.status == 3)
        #expect(
            store.errors.contains(
                "another collector (process \(collector.running.process.processIdentifier)) is using it"))
    }
}

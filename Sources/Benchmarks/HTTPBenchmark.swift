import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import OTLPCoding
import TraceIngest
import TraceStore

/// Eight connections that send requests of 512 spans one after the other and wait for each answer, on the same cores
/// as the server.
enum HTTPBenchmark {
    private static let connections = 8
    private static let requestsPerConnection = 60

    static func run() async throws {
        let folder = NSTemporaryDirectory() + "flowglass-bench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try SpanStore.open(folder + "/spans.db").store
        let server = try await IngestServer.start(.otlpHTTP, address: "127.0.0.1", port: 0, sink: store)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loads = (0..<connections).map { Load.make(seed: UInt64($0) + 1, count: requestsPerConnection) }
        let port = server.port
        let start = ContinuousClock.now
        let all = try await withThrowingTaskGroup(of: [Double].self) { tasks in
            for load in loads { tasks.addTask { try await send(load, port: port, group: group) } }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
        let time = (ContinuousClock.now - start) / .seconds(1)
        report("http_spans_per_second", Double(all.count * Load.spansPerRequest) / time)
        report("http_p50_ms", median(all) * 1e3)
        report("http_p99_ms", median(all, share: 0.99) * 1e3)
        await server.shutdown()
        store.close()
        try await group.shutdownGracefully()
    }

    /// Sends the requests one after the other; gives the seconds that each took.
    private static func send(_ load: [[UInt8]], port: Int, group: MultiThreadedEventLoopGroup) async throws -> [Double]
    {
        let channel = try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                    wrappingChannelSynchronously: channel)
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            var answers = inbound.makeAsyncIterator()
            var latencies: [Double] = []
            for body in load {
                let start = ContinuousClock.now
                let head = HTTPRequestHead(
                    version: .http1_1, method: .POST, uri: "/v1/traces",
                    headers: [
                        "host": "127.0.0.1:\(port)", "content-type": "application/x-protobuf",
                        "content-length": "\(body.count)",
                    ])
                try await outbound.write(.head(head))
                try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body))))
                try await outbound.write(.end(nil))
                answer: while let part = try await answers.next() {
                    switch part {
                    case .head(let head):
                        guard head.status == .ok else { throw UnexpectedAnswer(status: head.status) }
                    case .body: break
                    case .end: break answer
                    }
                }
                latencies.append((ContinuousClock.now - start) / .seconds(1))
            }
            return latencies
        }
    }

    private struct UnexpectedAnswer: Error { var status: HTTPResponseStatus }
}

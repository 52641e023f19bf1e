import Foundation
import NIOCore
import NIOPosix
import TraceIngest
import TraceStore

/// A server over a new store, and connections that each send requests one after the other and wait for each answer.
enum EndToEnd {
    struct Figures {
        var spansPerSecond: Double
        /// Seconds.
        var p50: Double
        var p99: Double
    }

    static func run(
        _ speaks: WireProtocol, connections: Int, spans: Int, requests: Int,
        send: @escaping @Sendable ([[UInt8]], Int, MultiThreadedEventLoopGroup) async throws -> [Double]
    ) async throws -> Figures {
        let folder = NSTemporaryDirectory() + "flowglass-bench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try SpanStore.open(folder + "/spans.db").store
        let server = try await IngestServer.start(speaks, address: "127.0.0.1", port: 0, sink: store)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loads = (0..<connections).map { Load.make(seed: UInt64($0) + 1, count: requests, spans: spans) }
        let port = server.port
        let start = ContinuousClock.now
        let all = try await withThrowingTaskGroup(of: [Double].self) { tasks in
            for load in loads { tasks.addTask { try await send(load, port, group) } }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
        let time = (ContinuousClock.now - start) / .seconds(1)
        await server.shutdown()
        store.close()
        try await group.shutdownGracefully()
        return Figures(
            spansPerSecond: Double(all.count * spans) / time, p50: median(all), p99: median(all, share: 0.99))
    }
}

struct UnexpectedAnswer: Error { var text: String }

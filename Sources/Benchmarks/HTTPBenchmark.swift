import NIOCore
import NIOHTTP1
import NIOPosix
import TraceIngest

/// OTLP/HTTP end to end, on the same cores as the load: requests of 512 spans on eight connections, and requests of one
/// span on sixty-four.
enum HTTPBenchmark {
    static func run() async throws {
        let figures = try await EndToEnd.run(.otlpHTTP, connections: 8, spans: Load.spansPerRequest, requests: 60) {
            try await send($0, port: $1, group: $2)
        }
        report("http_spans_per_second", figures.spansPerSecond)
        report("http_p50_ms", figures.p50 * 1e3)
        report("http_p99_ms", figures.p99 * 1e3)
    }

    static func runSmall() async throws {
        let figures = try await EndToEnd.run(.otlpHTTP, connections: 64, spans: 1, requests: 300) {
            try await send($0, port: $1, group: $2)
        }
        report("small_requests_per_second", figures.spansPerSecond)
        report("small_p99_ms", figures.p99 * 1e3)
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
                        guard head.status == .ok else { throw UnexpectedAnswer(text: "\(head.status)") }
                    case .body: break
                    case .end: break answer
                    }
                }
                latencies.append((ContinuousClock.now - start) / .seconds(1))
            }
            return latencies
        }
    }
}

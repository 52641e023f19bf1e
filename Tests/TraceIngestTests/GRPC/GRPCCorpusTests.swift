import Foundation
import Testing

@testable import TraceIngest

/// Corpora that are not part of the repository: `FLOWGLASS_SHARED` names the folder that holds them.
private let corpora = ProcessInfo.processInfo.environment["FLOWGLASS_SHARED"].map { URL(filePath: $0) }

@Suite(.enabled(if: corpora != nil)) struct `OTLP corpus over gRPC` {
    private struct Entry: Decodable {
        var file: String
        var content_type: String
        var expect_http: Int
        var encoding: String?
        var spans: Int?
    }

    @Test func `every binary case of the manifest is answered as its HTTP twin`() async throws {
        let folder = try #require(corpora).appending(path: "otlp/generated")
        let entries = try JSONDecoder().decode(
            [Entry].self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
        let sink = RecordingSink()
        let server = try await IngestServer.start(.otlpGRPC, address: "127.0.0.1", port: 0, sink: sink)
        let client = try await GRPCClient(port: server.port)
        for entry in entries where entry.content_type == "application/x-protobuf" {
            let body = try [UInt8](Data(contentsOf: folder.appending(path: entry.file)))
            let before = sink.spans
            let answer = try await client.call(
                GRPCClient.framed(body, isCompressed: entry.encoding != nil),
                entry.encoding.map { ["grpc-encoding": $0] } ?? [:])
            #expect(answer["grpc-status"] == [200: "0", 400: "3", 413: "8"][entry.expect_http], "\(entry.file)")
            if let spans = entry.spans { #expect(sink.spans - before == spans, "\(entry.file)") }
        }
        await client.close()
        await server.shutdown()
    }
}

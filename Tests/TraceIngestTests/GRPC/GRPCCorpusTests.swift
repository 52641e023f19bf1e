import Foundation
import OTLPCoding
import Testing

@testable import TraceIngest

/// Corpora that are not part of the repository: in the folder that `FLOWGLASS_SHARED` names, or beside the repository.
private let corpora: URL? = {
    if let folder = ProcessInfo.processInfo.environment["FLOWGLASS_SHARED"] { return URL(filePath: folder) }
    let repository = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let folder = repository.deletingLastPathComponent().appending(path: "shared/corpora")
    return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
}()

@Suite(.enabled(if: corpora != nil)) struct `OTLP corpus over gRPC` {
    private struct Entry: Decodable {
        var file: String
        var content_type: String
        var expect_http: Int
        var encoding: String?
        var spans: Int?
        var rejected: Int?
    }

    /// gRPC carries protobuf only: a good JSON case is sent as what it means, a bad one has no binary form.
    @Test func `every case of the manifest is answered as its HTTP twin`() async throws {
        let folder = try #require(corpora).appending(path: "otlp/generated")
        let entries = try JSONDecoder().decode(
            [Entry].self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
        let sink = RecordingSink()
        let server = try await IngestServer.start(.otlpGRPC, address: "127.0.0.1", port: 0, sink: sink)
        let client = try await GRPCClient(port: server.port)
        var answered = 0
        for entry in entries {
            var body = try [UInt8](Data(contentsOf: folder.appending(path: entry.file)))
            if entry.content_type == "application/json" {
                guard entry.expect_http == 200, entry.encoding == nil else { continue }
                body = try OTLPJSON.transcode(body)
            }
            let before = (sink.spans, server.counters.rejectedSpans)
            let answer = try await client.call(
                GRPCClient.framed(body, isCompressed: entry.encoding != nil),
                entry.encoding.map { ["grpc-encoding": $0] } ?? [:])
            #expect(answer["grpc-status"] == [200: "0", 400: "3", 413: "8"][entry.expect_http], "\(entry.file)")
            if let spans = entry.spans { #expect(sink.spans - before.0 == spans, "\(entry.file)") }
            #expect(server.counters.rejectedSpans - before.1 == entry.rejected ?? 0, "\(entry.file)")
            answered += 1
        }
        let withoutTwin = entries.count { $0.content_type == "application/json" && $0.expect_http != 200 }
        #expect(answered >= entries.count - withoutTwin - 1)
        #expect(answered > 25)
        await client.close()
        await server.shutdown()
    }
}

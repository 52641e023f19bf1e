import Foundation
import OTLPCoding
import Testing

@testable import TraceModel

/// What stock instrumentations really sent, in any order and in any batches.
@Suite struct CapturePermutationTests {
    /// Folders with requests in plain protobuf: those of the repository, and more beside it where they are there.
    static let captures: [URL] = {
        let repository = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let places = [
            repository.appending(path: "Tests/Captures"),
            repository.deletingLastPathComponent().appending(path: "shared/fixtures/otlp"),
        ]
        let folders = places.flatMap {
            (try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)) ?? []
        }
        return folders.filter { !requests(in: $0).isEmpty }.sorted { $0.path() < $1.path() }
    }()

    private static func requests(in folder: URL) -> [URL] {
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "pb" }.sorted { $0.path() < $1.path() }
    }

    @Test(arguments: captures)
    func `the order of arrival, the cut into batches and repetition change nothing`(capture: URL) throws {
        var reader = SpanReader()
        var facts: [SpanFact] = []
        for request in Self.requests(in: capture) where facts.count < 600 {
            facts += reader.facts(of: try OTLPBatch.decode(protobuf: [UInt8](Data(contentsOf: request))))
        }
        let expected = accumulated(facts)
        try #require(!expected.isEmpty)
        #expect(expected.values.allSatisfy { $0 > 0 })
        var dice = Dice(state: UInt64(facts.count))
        for _ in 0..<12 {
            let sizes = (0..<Int.random(in: 0...40, using: &dice)).map { _ in Int.random(in: 1...30, using: &dice) }
            #expect(accumulated(facts.permuted(with: &dice), in: sizes) == expected)
        }
    }

    @Test func `there are captures to permute`() { #expect(Self.captures.count >= 2) }
}

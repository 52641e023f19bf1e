import Foundation
import OTLPCoding
import Testing

/// Corpora that are not part of the repository: `FLOWGLASS_SHARED` names the folder that holds them.
private let corpora = ProcessInfo.processInfo.environment["FLOWGLASS_SHARED"].map { URL(filePath: $0) }

@Suite(.enabled(if: corpora != nil)) struct `JSON test suite` {
    /// nst/JSONTestSuite: `y_` must be accepted, `n_` refused, `i_` is free.
    @Test func `every file is accepted or refused as its name says`() throws {
        let folder = try #require(corpora).appending(path: "otlp/JSONTestSuite/test_parsing")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        try #require(files.count > 300)
        for file in files {
            let isAccepted = (try? OTLPJSON.check(Array(Data(contentsOf: file)))) != nil
            switch file.lastPathComponent.prefix(2) {
            case "y_": #expect(isAccepted, "\(file.lastPathComponent)")
            case "n_": #expect(!isAccepted, "\(file.lastPathComponent)")
            default: break
            }
        }
    }
}

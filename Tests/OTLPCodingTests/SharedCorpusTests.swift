import Foundation
import OTLPCoding
import Testing

/// Corpora that are not part of the repository: in the folder that `FLOWGLASS_SHARED` names, or beside the repository.
private let corpora: URL? = {
    if let folder = ProcessInfo.processInfo.environment["FLOWGLASS_SHARED"] { return URL(filePath: folder) }
    let repository = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let folder = repository.deletingLastPathComponent().appending(path: "shared/corpora")
    return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
}()

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

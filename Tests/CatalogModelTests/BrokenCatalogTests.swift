import CatalogModel
import Foundation
import SourceDiagnostics
import Testing

/// Each `Broken/case.yaml` with the report it must give in `case.out`, byte for byte.
@Suite struct `broken catalogs` {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Broken")

    static let cases: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test func `there are cases`() { #expect(Self.cases.count >= 12) }

    @Test(arguments: cases)
    func `gives its report`(name: String) throws {
        let source = try String(contentsOf: Self.folder.appending(path: "\(name).yaml"), encoding: .utf8)
        let loaded = loadCatalog(texts: [(path: "\(name).yaml", text: source)])
        let report = Report(diagnostics: loaded.diagnostics, sources: loaded.sources, filesChecked: loaded.filesChecked)
        let actual = TextReport().render(report)

        let golden = Self.folder.appending(path: "\(name).out")
        let expected = try? String(contentsOf: golden, encoding: .utf8)
        if actual != expected, ProcessInfo.processInfo.environment["FLOWGLASS_RECORD"] == "1" {
            try actual.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(actual == expected, "accept with: FLOWGLASS_RECORD=1 swift test --filter CatalogModelTests")
    }
}

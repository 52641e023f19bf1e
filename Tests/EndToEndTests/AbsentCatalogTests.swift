import Foundation
import Testing

/// Where there is no catalog, what is made of one is not made of nothing.
@Suite struct AbsentCatalogTests {
    private static let words = """
        flowglass: cannot read the catalog 'catalog': no such file or folder
                   say where it is with --catalog PATH, or write a first one with 'flowglass init'

        """

    @Test(
        arguments: [
            ["docs", "."], ["drift"], ["export"], ["export", "csv"], ["export", "markdown", "site"],
            ["impact", "order"], ["lint"], ["list", "topics"], ["show", "order"],
            ["verify", "--", "touch", "site"],
        ])
    func `a command that needs one says so, and writes nothing`(arguments: [String]) async throws {
        let scratch = try ScratchFolder()
        let text = "<!-- flowglass:table of=topics -->\n| `주문.완료` |\n<!-- /flowglass -->\n"
        try text.write(toFile: scratch.path + "/문서.md", atomically: true, encoding: .utf8)
        let result = try await Program.run(
            arguments, in: scratch.path, environment: ["XDG_STATE_HOME": scratch.path + "/state"])
        #expect(result.status == 3 && result.output.isEmpty)
        #expect(result.errors == Self.words)
        #expect(try String(contentsOfFile: scratch.path + "/문서.md", encoding: .utf8) == text)
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/site"))
    }

    @Test func `what a store knows is shown without one`() async throws {
        let scratch = try ScratchFolder()
        let store = ["--store", try await CapturedSystem.store("11-http-semconv-dup-pika", in: scratch)]
        for arguments in [["edges"], ["traces"], ["show", "order.completed"], ["export"], ["discover"], ["doctor"]] {
            let result = try await Program.run(arguments + store, in: scratch.path)
            #expect(result.status == 0 && !result.output.isEmpty, "\(arguments): \(result.errors)")
        }
        let unknown = try await Program.run(["show", "주문"] + store, in: scratch.path)
        #expect(unknown.status == 3 && unknown.errors == Self.words)
    }
}

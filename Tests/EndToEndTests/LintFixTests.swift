import Foundation
import Testing

@Suite struct `lint --fix` {
    private let wrong = "services:\n  주문: { publish: [order.payed] } # 그대로\ntopics:\n  order.paid: { broker: kafka }\n"

    private func catalog(_ text: String? = nil) throws -> ScratchFolder {
        let scratch = try ScratchFolder()
        try Data((text ?? wrong).utf8).write(to: URL(fileURLWithPath: scratch.path + "/c.yaml"))
        return scratch
    }

    private func read(_ scratch: ScratchFolder, _ name: String = "c.yaml") throws -> String {
        try String(contentsOfFile: scratch.path + "/" + name, encoding: .utf8)
    }

    @Test func `a patch shows the change, changes nothing, and is one that git takes`() async throws {
        let scratch = try catalog()
        for flags in [["--diff"], ["--fix", "--diff"]] {
            let result = try await Program.run(["lint", "c.yaml"] + flags, in: scratch.path)
            #expect(result.status == 1)
            #expect(result.errors == "flowglass: 2 findings to fix in 1 file\n")
            #expect(
                result.output.contains(
                    "-  주문: { publish: [order.payed] } # 그대로\n+  주문: { publishes: [order.paid] } # 그대로\n"))
            #expect(try read(scratch) == wrong)
        }
        let patch = try await Program.run(["lint", "c.yaml", "--diff"], in: scratch.path).output
        try Data(patch.utf8).write(to: URL(fileURLWithPath: scratch.path + "/p.patch"))
        let applied = try await Program.run(program: "/usr/bin/env", ["git", "apply", "p.patch"], in: scratch.path)
        #expect(applied.status == 0, "\(applied.errors)")
        #expect(try read(scratch).contains("publishes: [order.paid] } # 그대로"))
        #expect(try await Program.run(["lint", "c.yaml", "--diff"], in: scratch.path).status == 0)
    }

    @Test func `the files are fixed, and the findings are those of the fixed text`() async throws {
        let scratch = try catalog("\u{FEFF}" + wrong)
        let path = scratch.path + "/c.yaml"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let result = try await Program.run(["lint", "c.yaml", "--fix"], in: scratch.path)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.errors == "flowglass: 2 findings fixed in 1 file\n")
        #expect(!result.output.contains("error[") && result.output.contains("warning[missing-owner]"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(try read(scratch).contains("주문: { publishes: [order.paid] } # 그대로\n"))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["c.yaml"])
    }

    @Test func `a link stays a link, and one that leads out of the catalog is not followed`() async throws {
        let scratch = try catalog()
        let manager = FileManager.default
        try manager.createDirectory(atPath: scratch.path + "/catalog/.hidden", withIntermediateDirectories: true)
        try manager.createSymbolicLink(atPath: scratch.path + "/catalog/link.yaml", withDestinationPath: "../c.yaml")
        let outside = try await Program.run(["lint", "catalog", "--fix"], in: scratch.path)
        #expect(outside.status == 1 && outside.errors == "flowglass: nothing fixed\n")
        #expect(try read(scratch) == wrong)

        try manager.moveItem(atPath: scratch.path + "/c.yaml", toPath: scratch.path + "/catalog/.hidden/c.yaml")
        try manager.removeItem(atPath: scratch.path + "/catalog/link.yaml")
        try manager.createSymbolicLink(
            atPath: scratch.path + "/catalog/link.yaml", withDestinationPath: ".hidden/c.yaml")
        _ = try await Program.run(["lint", "catalog", "--fix"], in: scratch.path)
        #expect(try read(scratch, "catalog/.hidden/c.yaml").contains("publishes: [order.paid]"))
        #expect(
            try manager.destinationOfSymbolicLink(atPath: scratch.path + "/catalog/link.yaml") == ".hidden/c.yaml")
    }

    @Test func `a file that a link names again is read once`() async throws {
        let scratch = try catalog()
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path + "/again.yaml", withDestinationPath: "c.yaml")
        let result = try await Program.run(["lint", ".", "c.yaml", "--fix"], in: scratch.path)
        #expect(result.status == 0 && result.output.contains("(1 file checked)"))
        #expect(try read(scratch).contains("publishes: [order.paid]"))
    }

    @Test func `rules that are not selected fix nothing`() async throws {
        let scratch = try catalog()
        _ = try await Program.run(["lint", "c.yaml", "--fix", "--select", "unknown-key"], in: scratch.path)
        #expect(try read(scratch) == wrong.replacing("publish:", with: "publishes:"))
    }

    @Test func `standard input comes out fixed, with the report on the side`() async throws {
        let result = try await Program.run(["lint", "-", "--fix"], input: Data(wrong.utf8))
        #expect(result.output == wrong.replacing("publish:", with: "publishes:").replacing("payed", with: "paid"))
        #expect(result.errors.contains("2 findings fixed in 1 file") && result.errors.contains("missing-owner"))
    }

    @Test func `fixes stand in JSON and SARIF`() async throws {
        let scratch = try catalog()
        let json = try await Program.run(["lint", "c.yaml", "--json"], in: scratch.path).output
        #expect(json.contains("\"replacement\": \"publishes\""))
        let sarif = try await Program.run(["lint", "c.yaml", "--format", "sarif"], in: scratch.path).output
        #expect(sarif.contains("\"insertedContent\": {"))
    }
}

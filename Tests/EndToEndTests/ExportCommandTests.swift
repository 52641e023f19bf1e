import Foundation
import Testing

/// `export`, `docs` and `import` as they are typed.
@Suite struct ExportCommandTests {
    private static let formats = ["asyncapi", "backstage", "csv", "dot", "json", "markdown", "mermaid"]

    @Test func `help lists every format`() async throws {
        let help = try await Program.run(["export", "--help"])
        #expect(help.status == 0)
        for format in Self.formats { #expect(help.output.contains("\n  \(format) "), "\(format)") }
    }

    @Test func `an unknown format is told with those that there are`() async throws {
        let result = try await Program.run(["export", "mermiad"])
        #expect(result.status == 2)
        #expect(result.errors.contains("there is no format 'mermiad'"))
        #expect(result.errors.contains("did you mean 'mermaid'?"))
    }

    @Test func `a large system is an overview on standard output, and all parts in a folder`() async throws {
        let scratch = try ScratchFolder()
        let overview = try await Program.run(["export", "--max-nodes", "10"])
        #expect(overview.status == 0)
        #expect(overview.output.contains("p_order"))
        #expect(overview.errors.contains("divided into 8 parts"))
        let folder = scratch.path + "/diagrams"
        let all = try await Program.run(["export", "mermaid", folder, "--max-nodes", "10"])
        #expect(all.status == 0)
        #expect(try String(contentsOfFile: folder + "/overview.mmd", encoding: .utf8) == overview.output)
        #expect(FileManager.default.fileExists(atPath: folder + "/order.mmd"))
        // Again, with other parts: what the first export wrote and the second does not is gone.
        _ = try await Program.run(["export", "mermaid", folder, "--max-nodes", "14", "--domain", "order"])
        let part = try await Program.run(["export", "--max-nodes", "10", "--part", "ordr"])
        #expect(part.status == 3)
        #expect(part.errors.contains("'ordr' is not a part of the divided system; did you mean 'order'?"))
    }

    @Test func `a folder keeps what no export wrote`() async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path + "/site"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "mine".write(toFile: folder + "/README.md", atomically: true, encoding: .utf8)
        let refused = try await Program.run(["export", "markdown", folder])
        #expect(refused.status == 3)
        #expect(refused.errors.contains("README.md is there already"))
        #expect(try String(contentsOfFile: folder + "/README.md", encoding: .utf8) == "mine")
        #expect(try await Program.run(["export", "markdown", folder, "--force"]).status == 0)
        #expect(try await Program.run(["export", "markdown", folder]).status == 0)
    }

    @Test func `documents are refreshed, and checked with a difference`() async throws {
        let scratch = try ScratchFolder()
        let file = scratch.path + "/문서.md"
        try "a\n<!-- flowglass:table of=flows -->\n<!-- /flowglass -->\nb\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        let stale = try await Program.run(["docs", "--check", file])
        #expect(stale.status == 1)
        #expect(stale.output.contains("+| `refund` | 환불 | orchestration | 5 | team-order |\n"))
        #expect(stale.errors.contains("1 file is not up to date"))
        #expect(try await Program.run(["docs", file]).status == 0)
        let fresh = try String(contentsOfFile: file, encoding: .utf8)
        #expect(fresh.hasPrefix("a\n<!-- flowglass:table of=flows -->\n| Flow |"))
        #expect(fresh.hasSuffix("\n<!-- /flowglass -->\nb\n"))
        #expect(try await Program.run(["docs", "--check", scratch.path]).status == 0)
    }

    @Test func `a folder's documents are those of its authors`() async throws {
        let scratch = try ScratchFolder()
        let text = "<!-- flowglass:owners -->\n<!-- /flowglass -->\n"
        let left = ["site/.cache/a.md", "site/node_modules/한글/a.md", "site/docs/node_modules/a.md", "site/.hidden.md"]
        for path in ["site/문서/a.md", "site/b.mdx"] + left {
            let file = URL(fileURLWithPath: scratch.path + "/" + path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let catalog = Program.repository + "/catalog"
        let result = try await Program.run(["docs", "site", "--catalog", catalog], in: scratch.path)
        #expect(result.output == "site/b.mdx\nsite/문서/a.md\n")
        let named = try await Program.run(["docs", "--catalog", catalog] + left, in: scratch.path)
        #expect(named.output == left.joined(separator: "\n") + "\n", "a file that is named is read wherever it is")
    }

    @Test func `a malformed marker is told where it stands`() async throws {
        let scratch = try ScratchFolder()
        let file = scratch.path + "/a.md"
        try "<!-- flowglass:tabel -->\n<!-- /flowglass -->\n".write(toFile: file, atomically: true, encoding: .utf8)
        let result = try await Program.run(["docs", file])
        #expect(result.status == 1)
        #expect(result.errors.contains("there is no marker 'flowglass:tabel'"))
        #expect(result.errors.contains("a.md:1:1"))
        #expect(result.errors.contains("did you mean 'table'?"))
    }

    @Test func `an exported document is imported again`() async throws {
        let scratch = try ScratchFolder()
        let document = scratch.path + "/order.yaml"
        let exported = try await Program.run(["export", "asyncapi", document, "--service", "order"])
        #expect(exported.status == 0)
        let imported = try await Program.run(["import", "asyncapi", document])
        #expect(imported.status == 0)
        #expect(imported.output.contains("- { channel: order.completed, message: order-completed }"))
        let file = scratch.path + "/catalog.yaml"
        try imported.output.write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try await Program.run(["import", "asyncapi", document, "--output", file])
        #expect(refused.status == 3)
        #expect(refused.errors.contains("is there already, and stays as it is"))
    }

    @Test func `what --check prints is a patch that git takes, wherever the file is named from`() async throws {
        let scratch = try ScratchFolder()
        let file = scratch.path + "/문서.md"
        try "<!-- flowglass:owners -->\r\n<!-- /flowglass -->\r\n끝".write(
            toFile: file, atomically: true, encoding: .utf8)
        let catalog = Program.repository + "/catalog"
        let stale = try await Program.run(["docs", "--check", file, "--catalog", catalog], in: scratch.path)
        #expect(stale.output.hasPrefix("--- a/문서.md\n+++ b/문서.md\n@@ -1,3 +1,"))
        #expect(stale.output.hasSuffix(" 끝\n\\ No newline at end of file\n"))
        try Data(stale.output.utf8).write(to: URL(fileURLWithPath: scratch.path + "/p.patch"))
        let applied = try await Program.run(program: "/usr/bin/env", ["git", "apply", "p.patch"], in: scratch.path)
        #expect(applied.status == 0, "\(applied.errors)")
        #expect(try await Program.run(["docs", "--check", file, "--catalog", catalog], in: scratch.path).status == 0)
    }

    @Test func `one file of an EventCatalog can be imported`() async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path + "/services/주문"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/index.mdx"
        try "---\nid: order\nname: 주문\nversion: 1.0.0\n---\n".write(toFile: file, atomically: true, encoding: .utf8)
        let result = try await Program.run(["import", "eventcatalog", file])
        #expect(result.status == 0)
        #expect(result.output.contains("  order:\n    title: 주문\n"))
        #expect(
            result.errors.contains(
                "1 service, 0 channels, 0 messages, 0 flows; what could not be carried over stands in comments"))
    }
}

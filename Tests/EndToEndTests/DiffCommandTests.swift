import Foundation
import Testing

/// `flowglass diff` over folders and a real git repository.
@Suite struct DiffCommandTests {
    private static let before = """
        services:
          주문: { owner: team-order, publishes: [{ channel: order.paid, message: order-paid }] }
          알림: { owner: team-crm, subscribes: [{ channel: order.paid, message: order-paid }] }
        topics:
          order.paid: {}
        messages:
          order-paid: { schema: ../schemas/주문.json, compatibility: full }
        """
    private static let schema = #"{ "properties": { "id": { "type": "string" } }, "required": ["id"] }"#

    private func write(_ text: String, _ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Waits on a thread of its own, so that other tests go on.
    private func git(_ arguments: String..., in folder: String) async throws {
        let words =
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"] + arguments
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments = words
                process.currentDirectoryURL = URL(fileURLWithPath: folder)
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                continuation.resume(
                    with: Result {
                        try process.run()
                        process.waitUntilExit()
                        return process.terminationStatus
                    })
            }
        }
        try #require(status == 0, "git \(arguments)")
    }

    /// A repository with one commit, and a working folder in which the publisher is gone and the schema another.
    private func repository() async throws -> ScratchFolder {
        let scratch = try ScratchFolder()
        try write(Self.before, scratch.path + "/catalog/c.yaml")
        try write(Self.schema, scratch.path + "/schemas/주문.json")
        try await git("init", "-q", in: scratch.path)
        try await git("add", ".", in: scratch.path)
        try await git("commit", "-qm", "one", in: scratch.path)
        try await git("tag", "v1", in: scratch.path)
        let after = Self.before.replacingOccurrences(
            of: "publishes: [{ channel: order.paid, message: order-paid }]", with: "publishes: []")
        try write(after, scratch.path + "/catalog/c.yaml")
        try write(
            Self.schema.replacingOccurrences(of: "\"string\"", with: "\"integer\""), scratch.path + "/schemas/주문.json")
        return scratch
    }

    @Test func `a commit against the working folder, with places on both sides`() async throws {
        let scratch = try await repository()
        let printed = try await Program.run(["diff", "v1"], in: scratch.path)
        #expect(printed.status == 0 && printed.errors.isEmpty)
        #expect(
            printed.output == """
                breaking
                  message 'order-paid': 'id' is integer instead of string; subscribers with the old schema cannot read it, and what publishers send by the old schema cannot be read (compatibility: full)
                    subscribers  알림 (team-crm)
                    before  v1:schemas/주문.json:1:25
                    after   schemas/주문.json:1:25
                  '주문' no longer publishes to 'order.paid', and nobody else does: '알림' subscribes to it
                    subscribers  알림 (team-crm)
                    before  v1:catalog/c.yaml:2:51
                    after   catalog/c.yaml:2:3

                2 breaking changes

                """)
    }

    @Test(
        arguments: [
            (["diff", "v1", "--fail-on", "breaking"], 1), (["diff", "v1", "v1", "--fail-on", "any"], 0),
            (["diff", "v1"], 0), (["diff", "v1:catalog", "catalog", "--fail-on", "risky"], 1),
            (["diff", "v1:catalog/c.yaml", "HEAD:catalog", "--fail-on", "any"], 0),
            (["diff", "catalog", "catalog/c.yaml", "--fail-on", "any"], 0),
            (["diff", "v1", "--fail-on", "often"], 2), (["diff"], 2),
        ] as [([String], Int32)])
    func `exit codes tell`(arguments: [String], status: Int32) async throws {
        let scratch = try await repository()
        let printed = try await Program.run(arguments, in: scratch.path)
        #expect(printed.status == status, "\(printed.output)\(printed.errors)")
    }

    @Test func `JSON and Markdown have the same facts`() async throws {
        let scratch = try await repository()
        let json = try await Program.run(["diff", "v1", "--json"], in: scratch.path)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((root["summary"] as? [String: Int])?["breaking"] == 2)
        let change = try #require((root["changes"] as? [[String: Any]])?.last)
        #expect(change["kind"] as? String == "publisher-removed")
        #expect((change["affected"] as? [[String: Any]])?.first?["role"] as? String == "subscriber")
        #expect((change["before"] as? [String: Any])?["file"] as? String == "v1:catalog/c.yaml")
        let markdown = try await Program.run(["diff", "v1", "--format", "markdown"], in: scratch.path)
        #expect(
            markdown.output.hasPrefix("### Event flow: 2 breaking changes; breaks '알림'\n\n| change | for | where |\n"))
        #expect(markdown.output.contains("| subscribers: 알림 (team-crm) | catalog/c.yaml:2 |\n"))
    }

    @Test func `a folder below the repository's top finds its own catalog`() async throws {
        let scratch = try ScratchFolder()
        try write(Self.before, scratch.path + "/team/catalog/c.yaml")
        try await git("init", "-q", in: scratch.path)
        try await git("add", ".", in: scratch.path)
        try await git("commit", "-qm", "one", in: scratch.path)
        let printed = try await Program.run(["diff", "HEAD", "--fail-on", "any"], in: scratch.path + "/team")
        #expect(printed.status == 0 && printed.output == "no changes\n", "\(printed.errors)")
    }

    @Test(
        arguments: [
            (
                ["diff", "nowhere"],
                "flowglass: 'nowhere' is neither a folder, nor a file, nor a commit that git knows\n           a commit may name its catalog: main:docs/catalog\n"
            ),
            (
                ["diff", "--", "-x"],
                "flowglass: '-x' is neither a folder, nor a file, nor a commit that git knows\n           a commit may name its catalog: main:docs/catalog\n"
            ),
            (
                ["diff", "v1:docs"],
                "flowglass: 'v1' has no catalog at 'docs'\n           name it: v1:PATH\n"
            ),
        ])
    func `a side that is not there is named`(arguments: [String], errors: String) async throws {
        let scratch = try await repository()
        let printed = try await Program.run(arguments, in: scratch.path)
        #expect(printed.status == 3 && printed.output.isEmpty)
        #expect(printed.errors == errors)
    }

    @Test func `a side that cannot be read in full is shown where it breaks, and nothing is compared`() async throws {
        let scratch = try await repository()
        try write("services: [", scratch.path + "/catalog/d.yaml")
        let printed = try await Program.run(["diff", "v1"], in: scratch.path)
        #expect(printed.status == 3 && printed.output.isEmpty)
        #expect(printed.errors.contains("--> catalog/d.yaml:"), "\(printed.errors)")
        #expect(printed.errors.hasSuffix("the new catalog cannot be read in full, so nothing is compared\n"))
    }
}

import Foundation
import Testing

/// The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself where `FLOWGLASS_PYTHON` has it.
@Suite struct PreCommitTests {
    static let python = ProcessInfo.processInfo.environment["FLOWGLASS_PYTHON"]
        .flatMap { python in
            let tool = (python as NSString).deletingLastPathComponent + "/pre-commit"
            return FileManager.default.isExecutableFile(atPath: tool) ? python : nil
        }

    /// A repository with a catalog, a document, and the hooks from a repository of their own.
    private final class Repository {
        let scratch: ScratchFolder
        let environment: [String: String]

        init() async throws {
            scratch = try ScratchFolder()
            let python = try #require(PreCommitTests.python)
            let tools = (python as NSString).deletingLastPathComponent
            let product = (try BuiltProduct.path("flowglass") as NSString).deletingLastPathComponent
            environment = [
                "PATH": "\(product):\(tools):/usr/bin:/bin", "HOME": scratch.path, "GIT_AUTHOR_NAME": "a",
                "PRE_COMMIT_HOME": scratch.path + "/cache", "GIT_AUTHOR_EMAIL": "a@example.com",
                "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
            ]
            let made = try await shell(
                """
                git init -q -b main hooks && cp '\(Program.repository)/.pre-commit-hooks.yaml' hooks
                cd hooks && git add . && git commit -qm hooks && revision=$(git rev-parse HEAD) && cd ..
                git init -q -b main work && cd work && mkdir catalog
                printf 'services:\\n  주문: { publishes: [주문.완료] }\\n  b: { subscribes: [주문.완료] }\\n' > catalog/a.yaml
                printf 'topics:\\n  주문.완료: { broker: kafka }\\n' > catalog/b.yaml
                printf '# 주문\\n<!-- flowglass:table of=topics -->\\n<!-- /flowglass -->\\n' > README.md
                printf 'repos:\\n- repo: ../hooks\\n  rev: %s\\n' $revision > .pre-commit-config.yaml
                printf '  hooks: [{ id: flowglass-lint }, { id: flowglass-docs }]\\n' >> .pre-commit-config.yaml
                flowglass docs README.md && git add . && git commit -qm first && pre-commit install
                """)
            try #require(made.status == 0, "\(made.output)\(made.errors)")
        }

        func shell(_ command: String) async throws -> Program.Result {
            try await Program.run(
                program: "/bin/sh", ["-ec", command], in: scratch.path, environment: environment)
        }

        func commit(after change: String) async throws -> Program.Result {
            try await shell("cd work && \(change) && git add . && git commit -qm next 2>&1")
        }
    }

    @Test(.enabled(if: python != nil)) func `a commit that breaks the catalog or leaves a document stale is refused`()
        async throws
    {
        let repository = try await Repository()
        let broken = try await repository.commit(after: "echo '  c: { subscribes: [없다] }' >> catalog/a.yaml")
        #expect(broken.status == 1 && broken.output.contains("error[unknown-reference]"), "\(broken.output)")
        // The document is not part of the change: the catalog under it is.
        let stale = try await repository.commit(
            after: "git checkout -q HEAD -- . && sed -i 's/주문.완료/주문.취소/' catalog/*.yaml")
        #expect(stale.status == 1 && stale.output.contains("+| `주문.취소`"), "\(stale.output)")
        #expect(!stale.output.contains("error["), "\(stale.output)")
        let fresh = try await repository.commit(after: "flowglass docs README.md")
        #expect(fresh.status == 0, "\(fresh.output)")
        let other = try await repository.commit(after: "echo text > other.txt")
        #expect(other.status == 0, "\(other.output)")
    }
}

import Foundation
import Testing

/// The scripts of the GitHub action, run as its runner runs them.
@Suite struct IntegrationTests {
    /// A job: a folder of its own, the files that the runner gives, and `flowglass` on the path.
    private final class Job {
        let scratch: ScratchFolder
        var environment: [String: String]

        init(hasProgram: Bool = true) throws {
            scratch = try ScratchFolder()
            let path = scratch.path
            try FileManager.default.createDirectory(atPath: path + "/bin", withIntermediateDirectories: true)
            if hasProgram {
                try FileManager.default.createSymbolicLink(
                    atPath: path + "/bin/flowglass", withDestinationPath: BuiltProduct.path("flowglass"))
            }
            environment = [
                "CATALOG": "catalog", "GITHUB_STEP_SUMMARY": path + "/summary", "GITHUB_OUTPUT": path + "/output",
                "GITHUB_PATH": path + "/path", "RUNNER_TEMP": path + "/temp", "PATH": path + "/bin:/usr/bin:/bin",
                "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a",
                "GIT_COMMITTER_EMAIL": "a@example.com",
            ]
            try FileManager.default.createDirectory(atPath: path + "/temp", withIntermediateDirectories: true)
        }

        func write(_ text: String, to path: String) throws {
            let url = URL(fileURLWithPath: scratch.path + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }

        func read(_ path: String) -> String {
            (try? String(contentsOfFile: scratch.path + "/" + path, encoding: .utf8)) ?? ""
        }

        func run(_ script: String, _ more: [String: String] = [:]) async throws -> Program.Result {
            try await Program.run(
                program: Program.repository + "/Integrations/github/" + script, [], in: scratch.path,
                environment: environment.merging(more) { $1 })
        }

        func shell(_ command: String) async throws -> Program.Result {
            try await Program.run(
                program: "/bin/sh", ["-ec", command], in: scratch.path, environment: environment)
        }
    }

    static let before =
        "services:\n  주문: { publishes: [주문.완료] }\n  정산: { subscribes: [주문.완료] }\n"
        + "topics:\n  주문.완료: { broker: kafka }\n"

    @Test func `findings annotate the job, and are a table in its summary`() async throws {
        let job = try Job()
        try job.write("services:\n  a: { publishes: [b] }\n", to: "catalog/c.yaml")
        let linted = try await job.run("lint", ["FAIL_ON": "error", "BASELINE": ""])
        #expect(linted.status == 1)
        #expect(linted.output.contains("::error file=catalog/c.yaml,line=2,"))
        #expect(job.read("summary").contains("unknown-reference"))
        try job.write(Self.before, to: "catalog/c.yaml")
        #expect(try await job.run("lint", ["FAIL_ON": "error"]).status == 0)
        #expect(try await job.run("lint", ["FAIL_ON": "info"]).status == 1)
    }

    @Test func `what a pull request changes is the body of a comment`() async throws {
        let job = try Job()
        try job.write(Self.before, to: "catalog/c.yaml")
        let base = try await job.shell(
            "git init -q -b main . && git add catalog && git commit -qm a && git rev-parse HEAD")
        let commit = base.output.trimmingCharacters(in: .whitespacesAndNewlines)
        try job.write(
            "services:\n  정산: { subscribes: [주문.완료] }\ntopics:\n  주문.완료: { broker: kafka }\n", to: "catalog/c.yaml")
        #expect(try await job.shell("git add catalog && git commit -qm b").status == 0)
        let told = try await job.run("diff", ["BASE": commit, "FAIL_ON": ""])
        #expect(told.status == 0, "\(told.errors)")
        #expect(job.read("output") == "comment=\(job.scratch.path)/temp/flowglass-diff.md\n")
        #expect(job.read("temp/flowglass-diff.md").contains("주문"))
        #expect(job.read("summary") == job.read("temp/flowglass-diff.md"))
        #expect(try await job.run("diff", ["BASE": commit, "FAIL_ON": "breaking"]).status == 1)
    }

    /// The commit without a catalog, and the one with it, in a clone of the job's folder.
    private func newcomer() async throws -> (job: Job, base: String) {
        let job = try Job()
        let made = try await job.shell(
            "git init -q -b main . && git commit -q --allow-empty -m a && git rev-parse HEAD")
        try job.write(Self.before, to: "catalog/c.yaml")
        #expect(try await job.shell("git add catalog && git commit -qm b").status == 0)
        return (job, made.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test func `the pull request that brings the catalog is told like any other`() async throws {
        let (job, base) = try await newcomer()
        let told = try await job.run("diff", ["BASE": base, "FAIL_ON": "breaking"])
        #expect(told.status == 0, "\(told.errors)")
        #expect(job.read("temp/flowglass-diff.md").contains("| topic '주문.완료' is new |"))
        #expect(try await job.shell("git rm -rq catalog && git commit -qm c").status == 0)
        #expect(try await job.run("diff", ["BASE": "HEAD~1", "FAIL_ON": ""]).status == 0)
        #expect(job.read("temp/flowglass-diff.md").contains("주문.완료"))
    }

    @Test func `the merge request of GitLab is told by the same, in a clone of somebody else`() async throws {
        let template = DocumentFiles.text("Integrations/gitlab/flowglass.gitlab-ci.yml")
        let lines = try #require(template.split(separator: "\n\n").first { $0.hasPrefix("flowglass-diff:") })
        let script = lines.split(separator: "\n").filter { $0.hasPrefix("    - ") && !$0.contains("if: ") }
            .map { String($0.dropFirst(6)) }
        #expect(script.count == 5)
        let (runner, base) = try await newcomer()
        // What the template's variables are to a job; git refuses clones of other users where it is not told otherwise.
        let git = template.matches(of: /(GIT_CONFIG_[A-Z0-9_]+): (\S+)/).map { (String($0.1), String($0.2)) }
        #expect(git.count == 3)
        var environment = Dictionary(uniqueKeysWithValues: git)
        let folder = try #require(realpath(runner.scratch.path, nil).map { String(cString: $0) })
        environment["GIT_CONFIG_VALUE_0"] = environment["GIT_CONFIG_VALUE_0"]?.replacing(
            "$CI_PROJECT_DIR", with: folder)
        environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = base
        environment["FLOWGLASS_CATALOG"] = "catalog"
        runner.environment.merge(["GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"]) { $1 }
        if getuid() == 0 {
            #expect(try await runner.shell("chown -R 65532:65532 . && chmod -R a+rwX .").status == 0)
            #expect(try await runner.shell("git log -1").errors.contains("dubious ownership"))
        }
        runner.environment.merge(environment) { $1 }
        let told = try await runner.shell(script.joined(separator: "\n"))
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output.contains("| topic '주문.완료' is new |"))
    }

    @Test func `a release is installed from its tarball, when its checksum is right`() async throws {
        let job = try Job(hasProgram: false)
        let wrapper = try await Program.wrapper(in: job.scratch.path)
        let version = try await Program.run(["--version"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        let folder = job.scratch.path + "/releases/v\(version)"
        let made = try await Program.run(
            program: Program.repository + "/Packaging/build-dist", [wrapper],
            environment: ["DIST": folder])
        #expect(made.status == 0, "\(made.errors)")

        let downloads = ["VERSION": "v\(version)", "DOWNLOADS": "file://\(job.scratch.path)/releases"]
        for source in [downloads, ["ARCHIVE": folder, "VERSION": ""]] {
            let installed = try await job.run("install", source)
            #expect(installed.status == 0, "\(installed.output)\(installed.errors)")
            #expect(installed.output.contains("flowglass \(version) is in"))
        }
        let path = job.scratch.path + "/temp/flowglass/bin"
        #expect(job.read("path") == "\(path)\n\(path)\n")
        #expect(try await job.shell("'\(path)/flowglass' --version").output == version + "\n")

        #expect(try await job.run("install", ["VERSION": "main", "REPOSITORY": "a/b"]).status == 2)
        #expect(try await job.shell("for file in '\(folder)'/*.tar.gz; do printf x >> \"$file\"; done").status == 0)
        #expect(try await job.run("install", downloads).status == 3)
    }

    @Test func `the action runs scripts that are there, with inputs that are declared`() throws {
        let action = DocumentFiles.text("action.yml")
        let scripts = action.matches(of: /GITHUB_ACTION_PATH\/([a-zA-Z\/]+)/).map { String($0.1) }
        #expect(scripts.count >= 3)
        for script in scripts {
            #expect(FileManager.default.isExecutableFile(atPath: Program.repository + "/" + script), "\(script)")
        }
        for use in action.matches(of: /inputs\.([a-z-]+)/) {
            #expect(action.contains("\n  \(use.1):\n"), "\(use.1)")
        }
    }
}

import Foundation
import Testing

@Suite struct `lint --watch` {
    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// What the program prints, as it comes.
    private final class Output: @unchecked Sendable {
        struct Missing: Error {}

        private let lock = NSLock()
        private var text = ""

        init(_ handle: FileHandle) {
            Thread.detachNewThread { [self] in
                while true {
                    let data = handle.availableData
                    guard !data.isEmpty else { return }
                    lock.withLock { text += String(decoding: data, as: UTF8.self) }
                }
            }
        }

        /// Waits until there is this text, and forgets it with all before it.
        func expect(_ part: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
            for _ in 0..<9_000 {
                let isThere = lock.withLock {
                    guard let range = text.range(of: part) else { return false }
                    text.removeSubrange(..<range.upperBound)
                    return true
                }
                if isThere { return }
                try await Task.sleep(for: .milliseconds(10))
            }
            Issue.record("no '\(part)' in: \(lock.withLock { text })", sourceLocation: sourceLocation)
            throw Missing()
        }
    }

    @Test func `reports after edits, rename-saves, new folders, broken files and a folder that comes back`()
        async throws
    {
        let scratch = try ScratchFolder()
        let (manager, catalog) = (FileManager.default, scratch.path + "/catalog")
        try manager.createDirectory(atPath: catalog, withIntermediateDirectories: true)
        try write("services:\n  주문: { owner: a }\n", catalog + "/a.yaml")
        let running = try Program.start(
            ["lint", "catalog", "--watch", "--select", "missing-owner,syntax-error"], in: scratch.path)
        defer {
            running.process.terminate()
            running.process.waitUntilExit()
        }
        let output = Output(running.output)
        let talk = Output(running.errors)
        try await output.expect("no findings (1 file checked)")
        try await talk.expect("waiting for changes")

        try write("services:\n  주문: {}\n", catalog + "/a.yaml")
        try await output.expect("service '주문' has no owner")
        // As editors save: a new file takes the old one's place.
        try write("services:\n  결제: {}\n", catalog + "/.a.yaml.swp")
        #expect(rename(catalog + "/.a.yaml.swp", catalog + "/a.yaml") == 0)
        try await output.expect("service '결제' has no owner")
        try manager.createDirectory(atPath: catalog + "/new/deep", withIntermediateDirectories: true)
        try write("services:\n  정산: {}\n", catalog + "/new/deep/b.yaml")
        try await output.expect("service '정산' has no owner")
        try write("services:\n  정산: {", catalog + "/new/deep/b.yaml")
        try await output.expect("error[syntax-error]")
        try manager.moveItem(atPath: catalog, toPath: scratch.path + "/away")
        try await talk.expect("cannot read the catalog 'catalog': no such file or folder")
        try manager.moveItem(atPath: scratch.path + "/away", toPath: catalog)
        try await output.expect("error[syntax-error]")
        try write("services:\n  회원: {}\n", catalog + "/new/deep/b.yaml")
        try await output.expect("service '회원' has no owner")
        #expect(running.process.isRunning)
    }

    @Test func `takes no time while nothing happens, nor while its neighbours change`() async throws {
        let scratch = try ScratchFolder()
        try write("services:\n  a: { owner: o }\n", scratch.path + "/a.yaml")
        let running = try Program.start(["lint", "a.yaml", "--watch"], in: scratch.path)
        defer {
            running.process.terminate()
            running.process.waitUntilExit()
        }
        let talk = Output(running.errors)
        let output = Output(running.output)
        try await talk.expect("waiting for changes")
        try write("{", scratch.path + "/b.yaml")
        let before = try ThreadTurns(of: running.process.processIdentifier).count
        try await Task.sleep(for: .milliseconds(500))
        #expect(try ThreadTurns(of: running.process.processIdentifier).count - before <= 20)
        try write("services: { a: {} }\n", scratch.path + "/a.yaml")
        try await output.expect("service 'a' has no owner")
    }
}

@Suite struct `lint --changed-since` {
    private func git(_ arguments: [String], in folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "git \(arguments)")
    }

    @Test func `only files that the branch changed are reported, committed or not`() async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path + "/catalog"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func write(_ name: String, _ service: String) throws {
            try Data("services:\n  \(service): {}\n".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        for (name, service) in [("old.yaml", "old"), ("main.yaml", "m"), ("주문.yaml", "o")] { try write(name, service) }
        try git(["init", "-q"], in: scratch.path)
        try git(["add", "."], in: scratch.path)
        try git(["commit", "-q", "-m", "1"], in: scratch.path)
        try git(["switch", "-q", "-c", "work"], in: scratch.path)
        try write("주문.yaml", "committed")
        try git(["commit", "-q", "-a", "-m", "2"], in: scratch.path)
        try write("new.yaml", "untracked")
        // What others did on main meanwhile is not ours.
        try git(["branch", "-q", "other", "main"], in: scratch.path)

        let arguments = ["lint", "catalog", "--select", "missing-owner", "--changed-since"]
        let result = try await Program.run(arguments + ["main"], in: scratch.path)
        #expect(result.output.contains("service 'committed' has no owner"), "\(result.output)\(result.errors)")
        #expect(result.output.contains("service 'untracked' has no owner"))
        #expect(result.output.hasSuffix("2 warnings in 2 files (4 files checked)\n"))
        let none = try await Program.run(arguments + ["없다"], in: scratch.path)
        #expect(none.status == 3 && none.errors.contains("git knows no commit '없다'"))
        #expect(try await Program.run(arguments + ["--output=x"], in: scratch.path).status != 0)
        let outside = try ScratchFolder()
        try Data("services: {}\n".utf8).write(to: URL(fileURLWithPath: outside.path + "/a.yaml"))
        let nowhere = try await Program.run(["lint", "a.yaml", "--changed-since", "main"], in: outside.path)
        #expect(nowhere.status == 3 && nowhere.errors.contains("not a git repository"))
    }
}

import Foundation

/// What `git` knows about the working folder; read through the program itself.
enum Git {
    /// The real paths of all files that differ from where the current branch left `reference`: committed since, changed
    /// and not committed, and new ones that are not ignored.
    /// - Throws: `CommandFailure` where there is no git, no repository or no such reference.
    static func changedFiles(since reference: String, in folder: String) throws -> Set<String> {
        let top = try run(["rev-parse", "--show-toplevel"], in: folder).trimmingCharacters(in: .newlines)
        // A reference is never taken for an option.
        let commit: String
        do {
            commit = try run(
                ["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"], in: folder
            )
            .trimmingCharacters(in: .newlines)
        } catch {
            throw CommandFailure("git knows no commit '\(reference)'\nin a shallow clone, fetch it first")
        }
        let base = (try? run(["merge-base", commit, "HEAD"], in: folder))?.trimmingCharacters(in: .newlines) ?? commit
        let changed = try run(["diff", "--name-only", "--no-renames", "-z", base, "--"], in: folder)
        let new = try run(["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"], in: folder)
        return Set((changed + new).split(separator: "\0").map { top + "/" + $0 })
    }

    private static func run(_ arguments: [String], in folder: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { throw CommandFailure("cannot run git: \(error.localizedDescription)") }
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let words = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let reason = String(decoding: words, as: UTF8.self).split(separator: "\n").first.map(String.init)
            throw CommandFailure(
                "git cannot say what changed: \(reason ?? "it ended with \(process.terminationStatus)")")
        }
        return String(decoding: text, as: UTF8.self)
    }
}

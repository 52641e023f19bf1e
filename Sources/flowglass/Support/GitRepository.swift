import Foundation

/// The git repository of a folder, read through the `git` program. Nothing is written.
struct GitRepository {
    /// A folder in it; the working folder unless another is named.
    var folder = "."

    /// Why something could not be read from git: git's own words.
    struct Failure: Error {
        var message: String
    }

    /// A file of a commit.
    struct Blob {
        var id: String
        var size: Int
        var path: String
    }

    /// The most that is read of one commit.
    private static let maximumBytes = 256 << 20

    /// The commit that a name means; nil where git knows none of that name.
    func commit(_ name: String) throws -> String? {
        // A name that looks like an option is none.
        guard !name.hasPrefix("-"), !name.isEmpty else { return nil }
        let result = try run(["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"])
        let id = String(decoding: result.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return result.status == 0 && !id.isEmpty ? id : nil
    }

    /// The real paths of all files that differ from where the current branch left a commit: committed since, changed and
    /// not committed, and new ones that are not ignored. Nil where git knows no such commit.
    func changedFiles(since name: String) throws -> Set<String>? {
        let top = try text(["rev-parse", "--show-toplevel"]).trimmingCharacters(in: .newlines)
        guard let commit = try commit(name) else { return nil }
        let base = try? text(["merge-base", commit, "HEAD"]).trimmingCharacters(in: .newlines)
        let changed = try text(["diff", "--name-only", "--no-renames", "-z", base ?? commit, "--"])
        let new = try text(["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"])
        return Set((changed + new).split(separator: "\0").map { top + "/" + $0 })
    }

    /// The files of a commit at or below some paths. Paths are from the working folder, or from the repository's top.
    func blobs(of commit: String, at paths: [String], fromTop: Bool) throws -> [Blob] {
        let words = ["ls-tree", "-r", "-z", "-l"] + (fromTop ? ["--full-tree"] : []) + [commit, "--"] + paths
        // `100644 blob ID    SIZE<TAB>PATH<NUL>`; links and submodules are no catalog files.
        return try text(words).split(separator: "\0").compactMap { line in
            guard let tab = line.firstIndex(of: "\t") else { return nil }
            let facts = line[..<tab].split(separator: " ")
            guard facts.count == 4, facts[0].hasPrefix("100"), facts[1] == "blob" else { return nil }
            return Blob(id: String(facts[2]), size: Int(facts[3]) ?? 0, path: String(line[line.index(after: tab)...]))
        }
    }

    /// The contents of some files, in their order.
    func contents(of blobs: [Blob]) throws -> [[UInt8]] {
        guard blobs.reduce(0, { $0 + $1.size }) <= Self.maximumBytes else {
            throw Failure(message: "its catalog has more than 256 MiB")
        }
        let result = try run(["cat-file", "--batch"], input: Data(blobs.map { $0.id + "\n" }.joined().utf8))
        guard result.status == 0 else { throw Failure(message: result.errors) }
        var contents: [[UInt8]] = []
        var rest = result.output[...]
        for blob in blobs {
            // `ID blob SIZE\n`, the bytes, `\n`.
            guard let end = rest.firstIndex(of: 0x0A) else { break }
            let size = String(decoding: rest[rest.startIndex..<end], as: UTF8.self).split(separator: " ").last
            guard let size = size.flatMap({ Int($0) }), size == blob.size,
                rest.distance(from: end, to: rest.endIndex) > size
            else { break }
            let start = rest.index(after: end)
            contents.append(Array(rest[start..<rest.index(start, offsetBy: size)]))
            rest = rest[rest.index(start, offsetBy: size)...].dropFirst()
        }
        guard contents.count == blobs.count else { throw Failure(message: "git left out a file that it listed") }
        return contents
    }

    private struct Result {
        var status: Int32
        var output: Data
        var errors: String
    }

    /// What a command prints.
    /// - Throws: `Failure` with git's words where it did not succeed.
    private func text(_ arguments: [String]) throws -> String {
        let result = try run(arguments)
        guard result.status == 0 else { throw Failure(message: result.errors) }
        return String(decoding: result.output, as: UTF8.self)
    }

    private func run(_ arguments: [String], input: Data = Data()) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder, "-c", "core.quotePath=false"] + arguments
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        do { try process.run() } catch { throw Failure(message: "git cannot be started") }
        // Three pipes at once: a full one must not block another.
        let reader = PipeReader(errors.fileHandleForReading)
        let writer = standardInput.fileHandleForWriting
        Thread.detachNewThread {
            try? writer.write(contentsOf: input)
            try? writer.close()
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let words = String(decoding: reader.data(), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if process.terminationStatus == 127 { throw Failure(message: "git is not installed") }
        return Result(
            status: process.terminationStatus, output: data,
            errors: words.split(separator: "\n").first.map(String.init) ?? "git gave no reason")
    }

    /// Reads a pipe to its end on a thread of its own.
    private final class PipeReader: @unchecked Sendable {
        private var read = Data()
        private let done = DispatchSemaphore(value: 0)

        init(_ handle: FileHandle) {
            Thread.detachNewThread { [self] in
                read = handle.readDataToEndOfFile()
                done.signal()
            }
        }

        func data() -> Data {
            done.wait()
            return read
        }
    }
}

import DiagramExport
import Foundation

/// A folder that an export writes into, again and again: what an export wrote there it may replace and remove, and
/// nothing else.
struct ExportFolder {
    /// The file in the folder that says what was written, one path a line.
    static let listName = ".flowglass-export"

    let path: String

    /// - Parameter path: With or without a slash at its end.
    init(path: String) { self.path = Files.withoutSlash(path) }

    /// Writes the files, and removes those of an earlier export that are no longer part of it.
    /// - Parameter replacesAnything: Whether files that no export wrote may be written over.
    func write(_ files: [ExportedFile], replacesAnything: Bool) throws {
        let known = Set(writtenBefore)
        for file in files {
            let target = path + "/" + file.path
            var status = stat()
            guard lstat(target, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFLNK {
                throw CommandFailure("\(target) is a symbolic link, and an export writes through none")
            }
            if !known.contains(file.path), !replacesAnything, !Self.isSame(target, file.text) {
                throw CommandFailure(
                    "\(target) is there already, and no export wrote it\nname another folder, or write over it with --force"
                )
            }
        }
        for file in files { try Self.write(file.text, to: path + "/" + file.path) }
        let kept = Set(files.map(\.path))
        for stale in known.subtracting(kept) { unlink(path + "/" + stale) }
        try Self.write(files.map { $0.path + "\n" }.sorted().joined(), to: path + "/" + Self.listName)
    }

    /// Paths of the list that stay within the folder.
    private var writtenBefore: [String] {
        guard let text = try? String(contentsOfFile: path + "/" + Self.listName, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map(String.init).filter { entry in
            !entry.hasPrefix("/") && !entry.split(separator: "/").contains("..")
        }
    }

    /// A device or a pipe is never the same, and is not read.
    private static func isSame(_ file: String, _ text: String) -> Bool {
        var status = stat()
        guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return FileManager.default.contents(atPath: file) == Data(text.utf8)
    }

    /// Writes a file whole or not at all; one that would stay the same is left alone.
    static func write(_ text: String, to file: String) throws {
        if isSame(file, text) { return }
        try Files.replace(file, with: text)
    }
}

import Foundation
import SourceDiagnostics
import TerminalText

/// Changes of files as a patch that `git apply` takes, with paths from the working folder where they lie in it; on a
/// terminal with colours, and with what could steer it made visible.
func patchText(_ changes: [(old: SourceFile, new: SourceFile)]) -> String {
    let patch = changes.map { change in
        let (old, new) = (change.old.inWorkingFolder, change.new.inWorkingFolder)
        let text = unifiedDiff(from: old, to: new)
        guard old.bytes.isEmpty, let end = text.firstIndex(of: "\n") else { return text }
        return "--- /dev/null" + text[end...]
    }.joined()
    guard Output.isTerminal else { return patch }
    return patch.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let text = displaySafe(String(line))
        return painted(text, line.first.flatMap { colorsOfLines[$0] } ?? "", if: Output.usesColor)
    }.joined(separator: "\n")
}

private let colorsOfLines: [Character: String] = ["-": "31", "+": "32", "@": "36"]

extension SourceFile {
    /// The same text under its path from the working folder; one that lies elsewhere keeps its own, without the slash
    /// that would stand double behind `a/`.
    fileprivate var inWorkingFolder: SourceFile {
        guard path.hasPrefix("/") else { return self }
        let folder = FileManager.default.currentDirectoryPath
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        let isBelow = path.hasPrefix(prefix) && path != prefix
        return SourceFile(
            path: isBelow ? String(path.dropFirst(prefix.count)) : String(path.drop { $0 == "/" }), bytes: bytes)
    }
}

import Foundation

/// Paths, relative to `folder` and in path order, of files below it with one of the suffixes, as their authors keep them:
/// without hidden files, and without looking into hidden folders and `node_modules`, where tools keep theirs. Empty where
/// the folder cannot be read.
func filesOfAuthors(below folder: String, withSuffixes suffixes: [String]) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    var files: [String] = []
    for case let path as String in walk {
        let name = (path as NSString).lastPathComponent
        if name.hasPrefix(".") || name == "node_modules" {
            walk.skipDescendants()
        } else if suffixes.contains(where: name.hasSuffix) {
            files.append(path)
        }
    }
    return files.sorted()
}

/// The difference of two texts as people and `patch` read it: a unified diff with three lines of context.
public func unifiedDifference(_ path: String, _ old: String, _ new: String) -> String {
    guard old != new else { return "" }
    let oldLines = linesWithEnds(of: old)
    let newLines = linesWithEnds(of: new)
    var removed = Array(repeating: false, count: oldLines.count)
    var inserted = Array(repeating: false, count: newLines.count)
    for change in newLines.difference(from: oldLines) {
        switch change {
        case .remove(let offset, _, _): removed[offset] = true
        case .insert(let offset, _, _): inserted[offset] = true
        }
    }
    // Every line of both texts once, in order: kept, removed or inserted.
    var steps: [(mark: Character, text: Substring, old: Int, new: Int)] = []
    var (left, right) = (0, 0)
    while left < oldLines.count || right < newLines.count {
        if left < oldLines.count, removed[left] {
            steps.append(("-", oldLines[left], left, right))
            left += 1
        } else if right < newLines.count, inserted[right] {
            steps.append(("+", newLines[right], left, right))
            right += 1
        } else {
            steps.append((" ", oldLines[left], left, right))
            left += 1
            right += 1
        }
    }
    var text = "--- \(path)\n+++ \(path)\n"
    var next = 0
    while let first = steps[next...].firstIndex(where: { $0.mark != " " }) {
        var end = first
        for index in first..<steps.count where steps[index].mark != " " {
            if index - end > 6 { break }
            end = index
        }
        let hunk = steps[max(next, first - 3)...min(steps.count - 1, end + 3)]
        let counts = (old: hunk.count { $0.mark != "+" }, new: hunk.count { $0.mark != "-" })
        let start = hunk[hunk.startIndex]
        text += "@@ -\(start.old + 1),\(counts.old) +\(start.new + 1),\(counts.new) @@\n"
        for step in hunk { text += "\(step.mark)\(step.text)\n" }
        next = hunk.endIndex
        if next >= steps.count { break }
    }
    return text
}

/// The lines between line feeds; a carriage return before one stays on its line. (As characters, the two are one.)
func linesWithEnds(of text: String) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
}

/// The difference of two texts as `diff -u` and `git diff` write it, so that `patch -p1` and `git apply` take it.
///
/// Lines end at LF, as those programs have it; a last line without one is marked. Paths keep their spelling, in quotes
/// with escapes where they hold what a patch cannot say plainly (as git does).
/// - Complexity: O((lines of both) × differences).
public func unifiedDiff(from old: SourceFile, to new: SourceFile) -> String {
    let before = patchLines(old.bytes)
    let after = patchLines(new.bytes)
    let hunks = hunks(before, after)
    guard !hunks.isEmpty else { return "" }
    var text = "--- \(patchPath("a/" + old.path))\n+++ \(patchPath("b/" + new.path))\n"
    for hunk in hunks { text += hunk.text(before, after) }
    return text
}

/// How many unchanged lines stand around a change.
private let contextLines = 3

/// A stretch that changed, with its context.
private struct Hunk {
    /// Half-open ranges of lines, from 0.
    var old: Range<Int>
    var new: Range<Int>
    var removed: Set<Int>
    var inserted: Set<Int>

    func text(_ before: [ArraySlice<UInt8>], _ after: [ArraySlice<UInt8>]) -> String {
        var text = "@@ -\(Self.numbers(old)) +\(Self.numbers(new)) @@\n"
        var (left, right) = (old.lowerBound, new.lowerBound)
        while left < old.upperBound || right < new.upperBound {
            if left < old.upperBound, removed.contains(left) {
                text += "-" + Self.line(before[left])
                left += 1
            } else if right < new.upperBound, inserted.contains(right) {
                text += "+" + Self.line(after[right])
                right += 1
            } else {
                text += " " + Self.line(before[left])
                left += 1
                right += 1
            }
        }
        return text
    }

    private static func numbers(_ range: Range<Int>) -> String {
        let start = range.isEmpty ? range.lowerBound : range.lowerBound + 1
        return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
    }

    private static func line(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.last == UInt8(ascii: "\n") ? text : text + "\n\\ No newline at end of file\n"
    }
}

private func hunks(_ before: [ArraySlice<UInt8>], _ after: [ArraySlice<UInt8>]) -> [Hunk] {
    let difference = after.difference(from: before)
    var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): inserted.insert(offset)
        }
    }
    var hunks: [Hunk] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
        let isRemoved = removed.contains(left) && left < before.count
        let isInserted = inserted.contains(right) && right < after.count
        guard isRemoved || isInserted else {
            left += 1
            right += 1
            continue
        }
        let start = (left, right)
        while left < before.count, removed.contains(left) { left += 1 }
        while right < after.count, inserted.contains(right) { right += 1 }
        let above = min(contextLines, start.0, start.1)
        let below = min(contextLines, before.count - left, after.count - right)
        let old = (start.0 - above)..<(left + below)
        let new = (start.1 - above)..<(right + below)
        if let last = hunks.last, last.old.upperBound >= old.lowerBound {
            hunks[hunks.count - 1].old = last.old.lowerBound..<old.upperBound
            hunks[hunks.count - 1].new = last.new.lowerBound..<new.upperBound
        } else {
            hunks.append(Hunk(old: old, new: new, removed: removed, inserted: inserted))
        }
    }
    return hunks
}

/// The lines of a text with their line ends.
private func patchLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        lines.append(bytes[start..<end])
        start = end
    }
    return lines
}

/// A path for a patch's head: in quotes, with C's escapes, where it holds a control character, a quote or a backslash.
private func patchPath(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x22 || $0 == 0x5C }) else { return path }
    var text = "\""
    for byte in path.utf8 {
        switch byte {
        case 0x22: text += "\\\""
        case 0x5C: text += "\\\\"
        case 0x09: text += "\\t"
        case 0x0A: text += "\\n"
        case 0x0D: text += "\\r"
        case 0..<0x20, 0x7F...:
            let octal = String(byte, radix: 8)
            text += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
        default: text.unicodeScalars.append(Unicode.Scalar(byte))
        }
    }
    return text + "\""
}

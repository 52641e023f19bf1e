/// The terminal cells of a text, from left to right.
///
///     Array(TextCells("주문\u{1B}[2J")).map(\.text)   // ["주", "문", "␛", "[", "2", "J"]
///
/// Works on scalars, not on `Character`s: Thai กำ is one `Character` and takes two cells. Marks join the cell before
/// them, emoji sequences collapse to their first emoji, flags become letters, conjoining jamo (file names of macOS)
/// become syllables, and whatever a terminal could obey, reorder or hide is drawn as visible text.
/// - Complexity: O(1) amortised for a cell; a cell never holds more than five scalars, however many the text piles up.
public struct TextCells: Sequence, IteratorProtocol {
    private var rest: String.UnicodeScalarView.Iterator
    private var peeked: Unicode.Scalar?
    /// What is still to be drawn of an escaped scalar, as ASCII.
    private var spelled: Substring.UTF8View?

    public init(_ text: String) {
        rest = text.unicodeScalars.makeIterator()
        peeked = rest.next()
    }

    public mutating func next() -> TextCell? {
        if let digit = spelled?.popFirst() {
            return TextCell(base: Unicode.Scalar(digit), width: 1)
        }
        while let scalar = take() {
            if (0x20...0x7E).contains(scalar.value) {
                return absorbingTail(TextCell(base: scalar, width: 1))
            }
            switch ScalarRole(scalar) {
            case .base(let width):
                return absorbingTail(TextCell(base: scalar, width: width))
            case .mark:
                var cell = TextCell(base: Self.dottedCircle, width: 1)
                cell.add(mark: scalar)
                return absorbingTail(cell)
            case .variation:
                continue
            case .regionalIndicator:
                let letter = Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0x1F1E6 + 0x41))
                return absorbingTail(TextCell(base: letter, width: 1))
            case .replaced(let picture):
                return absorbingTail(TextCell(base: picture, width: 1))
            case .joiner, .escaped:
                var spelling = Substring("\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}").utf8
                spelling.removeFirst()
                spelled = spelling
                return TextCell(base: "\\", width: 1)
            }
        }
        return nil
    }

    /// Carries a mark that has nothing to combine with, as Unicode's charts do.
    private static let dottedCircle: Unicode.Scalar = "\u{25CC}"

    private mutating func take() -> Unicode.Scalar? {
        defer { if peeked != nil { peeked = rest.next() } }
        return peeked
    }

    /// Adds what follows a base without taking a cell of its own.
    private mutating func absorbingTail(_ start: TextCell) -> TextCell {
        var cell = start
        while let scalar = peeked, scalar.value >= 0x300 {
            if let syllable = composedHangul(cell.base, scalar), cell.markCount == 0 {
                cell = TextCell(base: syllable, width: 2)
                _ = take()
                continue
            }
            switch ScalarRole(scalar) {
            case .mark: cell.add(mark: scalar)
            case .variation: break
            case .base where isSkinTone(scalar) && cell.base.startsEmoji: break
            case .escaped where isTag(scalar) && cell.base.startsEmoji: break
            case .joiner where cell.base.usesJoiners: break
            case .joiner where cell.base.startsEmoji && emojiFollowsJoiner: _ = take()
            default: return cell
            }
            _ = take()
        }
        return cell
    }

    /// Whether the scalar behind the peeked joiner is an emoji, which then belongs to the sequence.
    private var emojiFollowsJoiner: Bool {
        var ahead = rest
        return ahead.next()?.startsEmoji ?? false
    }

    private func isSkinTone(_ scalar: Unicode.Scalar) -> Bool { (0x1F3FB...0x1F3FF).contains(scalar.value) }

    private func isTag(_ scalar: Unicode.Scalar) -> Bool { (0xE0020...0xE007F).contains(scalar.value) }
}

/// The syllable of a leading consonant and a vowel, or of a syllable without a final and a final (Unicode 3.12).
func composedHangul(_ base: Unicode.Scalar, _ next: Unicode.Scalar) -> Unicode.Scalar? {
    switch (base.value, next.value) {
    case (0x1100...0x1112, 0x1161...0x1175):
        return Unicode.Scalar(0xAC00 + ((base.value - 0x1100) * 21 + (next.value - 0x1161)) * 28)
    case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (base.value - 0xAC00) % 28 == 0:
        return Unicode.Scalar(base.value + next.value - 0x11A7)
    default:
        return nil
    }
}

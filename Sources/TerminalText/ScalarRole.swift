/// What a scalar does when text becomes terminal cells.
enum ScalarRole: Equatable {
    /// Starts a cell of this many columns.
    case base(width: Int)
    /// Combines with the cell before it.
    case mark
    /// Only chooses between looks of the cell before it, on which terminals disagree: left out.
    case variation
    /// ZWJ or ZWNJ: harmless after an emoji or a letter of a joining script, suspicious elsewhere.
    case joiner
    /// Regional indicator: half a flag, shown as its letter.
    case regionalIndicator
    /// Stands for a control character or a non-character.
    case replaced(Unicode.Scalar)
    /// Invisible or direction-changing: shown as `\u{202E}`.
    case escaped
}

extension ScalarRole {
    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        switch value {
        case 0x20...0x7E: self = .base(width: 1)
        case 0x09: self = .replaced(" ")
        case 0x00...0x1F: self = .replaced(Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}")
        case 0x7F: self = .replaced("\u{2421}")
        case 0x80...0x9F, 0xAD: self = .escaped
        case 0xA0...0x2FF: self = .base(width: 1)
        case 0xAC00...0xD7A3, 0x4E00...0x9FFF: self = .base(width: 2)
        case 0x2500...0x25FC: self = .base(width: 1)
        default: self = Self.rare(scalar)
        }
    }

    private static func rare(_ scalar: Unicode.Scalar) -> ScalarRole {
        let value = scalar.value
        switch value {
        case 0x200C, 0x200D: return .joiner
        // Letters that show nothing: the Hangul fillers and the Khmer inherent vowels.
        case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5: return .escaped
        // Combining grapheme joiner, Mongolian and general variation selectors.
        case 0x034F, 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF: return .variation
        // Conjoining vowels and final consonants: no column of their own.
        case 0x1161...0x11FF, 0xD7B0...0xD7FF: return .mark
        case 0x1F1E6...0x1F1FF: return .regionalIndicator
        case 0xFDD0...0xFDEF: return .replaced("\u{FFFD}")
        default: break
        }
        if value & 0xFFFE == 0xFFFE { return .replaced("\u{FFFD}") }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .mark
        case .format where isVisibleFormat(value): return .base(width: 1)
        case .control, .format, .lineSeparator, .paragraphSeparator: return .escaped
        case .unassigned where scalar.properties.isDefaultIgnorableCodePoint: return .escaped
        default: return .base(width: isWide(scalar) ? 2 : 1)
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        WideRanges.contains(scalar.value) || (scalar.value >= 0x1F000 && scalar.properties.isEmojiPresentation)
    }

    /// The prepended number signs of Arabic, Syriac and Kaithi are category Cf, yet drawn (Prepended_Concatenation_Mark).
    private static func isVisibleFormat(_ value: UInt32) -> Bool {
        switch value {
        case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD: true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether skin tones, tags and ZWJ sequences may follow; digits, `#`, `©` and `®` do not count.
    var startsEmoji: Bool { value >= 0x203C && properties.isEmoji }

    /// Whether ZWJ and ZWNJ are part of the ordinary spelling of its script: Arabic to Khmer, and Mongolian.
    var usesJoiners: Bool {
        switch value {
        case 0x0600...0x08FF, 0x0900...0x109F, 0x1780...0x18AF, 0xFB50...0xFDCF, 0xFE70...0xFEFC, 0x11000...0x11FFF:
            true
        default: false
        }
    }
}

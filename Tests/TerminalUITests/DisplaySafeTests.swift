import TerminalText
import Testing

@Suite struct `Display-safe text` {
    @Test(arguments: [
        ("plain", "plain"),
        ("a\tb", "a b"),
        ("a\nb\r", "a␊b␍"),
        ("\u{1B}]0;title\u{7}", "␛]0;title␇"),
        ("\u{0}\u{7F}", "␀␡"),
        ("\u{9B}31m", "\\u{9B}31m"),
        ("\u{202E}evil", "\\u{202E}evil"),
        ("a\u{2066}b\u{2069}", "a\\u{2066}b\\u{2069}"),
        ("or\u{200B}der", "or\\u{200B}der"),
        ("or\u{200D}der", "or\\u{200D}der"),
        ("\u{FEFF}x\u{AD}", "\\u{FEFF}x\\u{AD}"),
        ("x\u{2028}y", "x\\u{2028}y"),
        ("\u{3164}\u{115F}", "\\u{3164}\\u{115F}"),
        ("a\u{E0041}", "a\\u{E0041}"),
        ("\u{FFFE}", "\u{FFFD}"),
        ("👩\u{200D}x", "👩\\u{200D}x"),
    ])
    func `shows what a terminal would obey or hide`(text: String, shown: String) {
        #expect(displaySafe(text) == shown)
        #expect(displayWidth(text) == displayWidth(shown))
    }

    @Test func `nothing dangerous survives, whatever surrounds it`() {
        for scalar in hostileScalars() {
            for text in ["\(scalar)", "a\(scalar)b", "👩\(scalar)👩", "한\(scalar)\u{11AB}", "e\u{301}\(scalar)"] {
                let safe = displaySafe(text)
                #expect(safe.unicodeScalars.allSatisfy(isHarmless), "U+\(String(scalar.value, radix: 16))")
                let again = displaySafe(safe)
                #expect(again.unicodeScalars.elementsEqual(safe.unicodeScalars), "U+\(String(scalar.value, radix: 16))")
                #expect(displayWidth(text) == displayWidth(safe))
            }
        }
    }

    @Test func `random text is safe after the first time, and as wide as it says`() {
        var generator = SplitMix(state: 7)
        let pool = hostileScalars()
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                text.unicodeScalars.append(pool.randomElement(using: &generator) ?? "a")
            }
            let safe = displaySafe(text)
            #expect(displaySafe(safe).unicodeScalars.elementsEqual(safe.unicodeScalars), "\(text.debugDescription)")
            #expect(displayWidth(safe) == TextCells(text).reduce(0) { $0 + $1.width })
        }
    }

    private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        let invisible: [ClosedRange<UInt32>] = [
            0x00...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x61C...0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xE0000...0xE0FFF,
        ]
        return !invisible.contains { $0.contains(scalar.value) }
    }
}

/// Every scalar that has ever troubled a terminal, and a sample of all others.
func hostileScalars() -> [Unicode.Scalar] {
    let dense: [ClosedRange<UInt32>] = [
        0x00...0xFF, 0x300...0x36F, 0x600...0x61F, 0x1100...0x11FF, 0x1780...0x17D3, 0x180A...0x180F, 0x2000...0x206F,
        0x20D0...0x20F0, 0x2E80...0x2E84, 0x3130...0x3165, 0xD7A0...0xD7FF, 0xFE00...0xFE10, 0xFEFE...0xFF02,
        0xFFA0...0xFFA0, 0xFFF0...0xFFFF, 0x1F1E0...0x1F200, 0x1F3F0...0x1F400, 0xE0000...0xE0080,
    ]
    let sample = stride(from: UInt32(0x100), through: 0x10FFFF, by: 1021)
    return (dense.joined() + Array(sample)).compactMap { Unicode.Scalar($0) }
}

/// A generator of the same numbers every time (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

import Foundation
import Glibc
import Testing

/// The real program, whatever its terminal does meanwhile.
@Suite struct ResizeTests {
    @Test func `two hundred resizes on the way through every screen end in the picture of a fresh start`() async throws
    {
        let scratch = try ScratchFolder()
        let walked = try await CapturedSystem.start(scratch)
        // Every screen, the waterfall, a span, the sequence, a walk, the help, the columns, and back.
        let keys = [
            "2", "3", "4", "\r", "\r", "\u{7F}", "v", "j", "v", "q", "5", "6", "1", "\u{1B}[C", "\u{1B}[C", "q", "?",
            "q",
            "c", "q", "<", ">", "!", "!", "X", "q",
        ]
        var dice = SplitMix(state: 20_260_115)
        for step in 0..<200 {
            walked.resize(columns: 1 + Int(dice.next() % 300), rows: 1 + Int(dice.next() % 100))
            if step % 7 == 6 { walked.send(keys[step / 7 % keys.count]) }
            if step % 10 == 9 { try await Task.sleep(for: .milliseconds(10)) }
            walked.receive()
        }
        for key in keys.dropFirst(200 / 7) { walked.send(key) }
        walked.resize(columns: 100, rows: 30)
        try await walked.waitForIdle()
        // Whatever is still open is closed, and the first row of the first screen chosen.
        for key in ["\u{1B}", "\u{1B}", "\u{1B}", "1", "g"] {
            walked.send(key)
            try await walked.waitForIdle()
        }
        let fresh = try await CapturedSystem.start(scratch, columns: 100, rows: 30)
        try await fresh.waitForIdle()
        fresh.send("g")
        try await fresh.waitForIdle()
        #expect(walked.screen.text == fresh.screen.text)
        for app in [walked, fresh] {
            app.send("q")
            #expect(try await app.waitForExit() == .exited(0))
            #expect(app.isRestored)
        }
    }
}

/// Sebastiano Vigna's SplitMix64: the same sizes in every run.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

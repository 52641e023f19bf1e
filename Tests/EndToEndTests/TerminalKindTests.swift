import Foundation
import Testing

/// The real program on terminals of many kinds.
@Suite struct TerminalKindTests {
    /// Kinds with 256, 16, 8 and no colours, and one that no database knows.
    @Test(
        .serialized,
        arguments: [
            "xterm-256color", "xterm-16color", "xterm", "tmux-256color", "screen", "linux", "rxvt", "vt100", "vt220",
            "flowglass-unheard-of",
        ])
    func `every kind shows the same picture`(kind: String) async throws {
        let scratch = try ScratchFolder()
        let usual = try await CapturedSystem.start(scratch)
        let app = try await CapturedSystem.start(scratch, environment: ["TERM": kind])
        for key in ["2", "4", "1"] {
            usual.send(key)
            app.send(key)
            try await usual.waitForIdle()
            try await app.waitForIdle()
            #expect(app.screen.text == usual.screen.text)
        }
        #expect(app.screen.unknown.isEmpty, "\(app.screen.unknown)")
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
        #expect(app.isRestored)
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "vt100"], ["TERM": "xterm-mono"]])
    func `without colours everything is said by words, bold and reverse`(environment: [String: String]) async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch, environment: environment)
        for key in ["2", "4", "5", "1"] {
            app.send(key)
            try await app.waitForIdle()
            let looks = Set(app.screen.cells.joined().map(\.look))
            #expect(looks.allSatisfy { $0.foreground == nil && $0.background == nil })
            #expect(looks.contains { $0.isReverse })
        }
    }

    @Test func `a terminal with colours gets some`() async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch)
        #expect(app.screen.cells.joined().contains { $0.look.foreground != nil })
    }

    @Test(arguments: [["LANG": "C"], ["LANG": "C.UTF-8", "LC_ALL": "POSIX"]])
    func `without UTF-8 not a byte is beyond ASCII`(environment: [String: String]) async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch, environment: environment)
        for key in ["2", "i", "\u{1B}", "3", "4", "\r", "v", "\u{1B}", "\u{1B}", "5", "6", "?", "q", "1"] {
            app.send(key)
            try await app.waitForIdle()
        }
        #expect(app.output.allSatisfy { $0 < 0x80 })
        #expect(app.screen.text.contains("+ Topics"))
    }

    @Test func `FLOWGLASS_UTF8 says what a locale does not`() async throws {
        let scratch = try ScratchFolder()
        let app = try await CapturedSystem.start(scratch, environment: ["LANG": "C", "FLOWGLASS_UTF8": "1"])
        #expect(app.screen.text.contains("┌ Topics"))
    }
}

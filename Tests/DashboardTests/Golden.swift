import Foundation
import TerminalUI
import Testing

/// Compares a screen with the one that was looked at: the text, then the styles.
///
/// `FLOWGLASS_ACCEPT=1 swift test --filter DashboardTests` writes what is drawn now; the run fails all the same, so
/// that nobody accepts without looking.
func expectGolden(_ buffer: Buffer, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name).txt")
    let drawn = buffer.plainText() + "\n\n===== styles =====\n\n" + buffer.styleText() + "\n"
    let expected = try? String(contentsOf: file, encoding: .utf8)
    guard drawn != expected else { return }
    if ProcessInfo.processInfo.environment["FLOWGLASS_ACCEPT"] == "1" {
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        #expect(throws: Never.self) { try drawn.write(to: file, atomically: true, encoding: .utf8) }
        Issue.record("accepted Goldens/\(name).txt: look at it and run again", sourceLocation: sourceLocation)
        return
    }
    Issue.record(
        """
        the screen differs from Goldens/\(name).txt; it is now

        \(drawn)
        accept it with FLOWGLASS_ACCEPT=1 swift test --filter DashboardTests
        """, sourceLocation: sourceLocation)
}

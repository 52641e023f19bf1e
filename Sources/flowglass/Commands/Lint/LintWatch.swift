import ArgumentParser
import Dispatch
import Foundation

/// `--watch`: looks at the catalog now and after every change, until it is interrupted or nobody reads any more.
struct LintWatch {
    var paths: [String]

    func run(_ look: () throws -> Void) throws {
        let changes = DispatchSemaphore(value: 0)
        let watch = try FileWatch(paths) { changes.signal() }
        defer { watch.stop() }
        while true {
            if Output.isTerminal { Output.write(Self.clear) }
            do {
                try look()
            } catch let failure as CommandFailure where failure.code != 2 {
                // A folder that is gone for a moment, or a baseline that is being written.
                Talk.note(failure.message)
            } catch is ExitCode {}
            guard !Output.isClosed else { return }
            Talk.note("\(Self.time()): waiting for changes (Ctrl-C ends)")
            changes.wait()
            while changes.wait(timeout: .now()) == .success {}
        }
    }

    /// Cursor home, screen and scroll-back cleared (ECMA-48, xterm).
    private static let clear = "\u{1B}[H\u{1B}[2J\u{1B}[3J"

    /// The time of day: `14:03:12`.
    private static func time() -> String {
        var seconds = Foundation.time(nil)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return [parts.tm_hour, parts.tm_min, parts.tm_sec].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":")
    }
}

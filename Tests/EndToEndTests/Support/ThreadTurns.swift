import Foundation

/// What proc_pid_status(5) says of a process's threads.
struct ThreadTurns {
    /// How often they have been given a processor.
    var count = 0
    /// Whether every one of them sleeps.
    var areAsleep = true

    /// - Throws: Where the process, or one of its threads, has just ended.
    init(of process: pid_t) throws {
        let threads = "/proc/\(process)/task"
        for thread in try FileManager.default.contentsOfDirectory(atPath: threads) {
            let status = try String(contentsOfFile: "\(threads)/\(thread)/status", encoding: .utf8)
            for line in status.split(separator: "\n") {
                if line.hasPrefix("State:"), !line.contains("sleeping") { areAsleep = false }
                guard line.contains("ctxt_switches:"), let number = line.split(separator: "\t").last else { continue }
                count += Int(number) ?? 0
            }
        }
    }
}

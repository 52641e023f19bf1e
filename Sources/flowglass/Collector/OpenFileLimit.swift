import Foundation

/// How many files and connections the process may have open.
enum OpenFileLimit {
    /// What the servers' connections, the store and the rest need at most.
    private static let wanted: rlim_t = 4_096

    /// Raises the limit as far as it may be raised without asking anybody.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else {
            return
        }
        limit.rlim_cur = min(limit.rlim_max, wanted)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

import SourceDiagnostics

/// One entry of `lint:` as it was written; the rules know what it may say.
///
/// ```yaml
/// lint:
///   missing-owner: off
///   deep-sync-chain:
///     severity: error
///     max-calls: 4
///     paths: { legacy/**: off }
/// ```
public struct LintEntry: Sendable, Equatable {
    /// The rule's name, or `all`.
    public var rule: Located<String>
    /// `error`, `warning`, `info` or `off`.
    public var severity: Located<String>?
    /// Severities for some paths only; the last pattern that matches wins.
    public var paths: [PathSeverity] = []
    /// The rule's own options.
    public var options: [Option] = []

    public struct PathSeverity: Sendable, Equatable {
        public var pattern: Located<String>
        public var severity: Located<String>
    }

    public struct Option: Sendable, Equatable {
        public var key: Located<String>
        /// One value, or those of a list.
        public var values: [Located<String>]
    }
}

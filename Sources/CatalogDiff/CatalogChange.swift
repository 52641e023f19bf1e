public import CatalogModel
public import SourceDiagnostics

/// One difference between two catalogs: what it is, whom it breaks, and where it stands on both sides.
public struct CatalogChange: Sendable, Equatable {
    public var kind: ChangeKind
    public var impact: Impact
    /// What changed: for an edge the service that has it.
    public var subject: CatalogNode
    /// The headline: `'order' no longer publishes to 'order.completed', and nobody else does`.
    public var message: String
    /// Who is affected, by role and name; empty where nobody is.
    public var affected: [Party]
    /// Where it stands in the old catalog; nil for what was added.
    public var before: SourceSpan?
    /// Where it stands in the new catalog; nil for what was removed.
    public var after: SourceSpan?

    init(
        _ kind: ChangeKind, _ impact: Impact, _ subject: CatalogNode, _ message: String, affected: [Party] = [],
        before: SourceSpan? = nil, after: SourceSpan? = nil
    ) {
        self.kind = kind
        self.impact = impact
        self.subject = subject
        self.message = message
        self.affected = affected
        self.before = before
        self.after = after
    }

    /// How bad a change is, worst first.
    public enum Impact: String, Sendable, CaseIterable, Comparable {
        /// Somebody who did nothing stops working, or no longer gets what they say they need.
        case breaking
        /// A promise is weaker, or new work comes to somebody; it depends on what the catalog does not say.
        case risky
        case safe

        public static func < (left: Impact, right: Impact) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .breaking: 0
            case .risky: 1
            case .safe: 2
            }
        }
    }

    /// A service and in what role the change meets it.
    public struct Party: Sendable, Hashable, Comparable {
        public enum Role: String, Sendable, CaseIterable {
            case publisher, subscriber, caller, callee
        }

        public var service: String
        public var role: Role
        public var owner: String?

        public static func < (left: Party, right: Party) -> Bool {
            (left.role.rawValue, left.service) < (right.role.rawValue, right.service)
        }
    }

    /// The order of every listing: worst first, then what changed, by name.
    static func comesBefore(_ left: CatalogChange, _ right: CatalogChange) -> Bool {
        (left.impact, left.subject.kind.rawValue, left.subject.name, left.kind.rawValue, left.message)
            < (right.impact, right.subject.kind.rawValue, right.subject.name, right.kind.rawValue, right.message)
    }
}

public import SourceDiagnostics

/// What people wrote about a thing for people.
///
/// Kept behind one reference and copied when it is changed: rules copy services and channels by the million, and
/// few of them read this.
public struct Documentation: Sendable, Equatable {
    private struct Fields: Sendable, Equatable {
        var title: String?
        var description: String?
        var owner: String?
        var domain: String?
        var repository: String?
        var links: [String] = []
        var linkSpans: [SourceSpan] = []
        var tags: [String] = []
    }

    private var shared = Self.nothing
    private static let nothing = Shared(Fields())

    public init() {}

    public var title: String? {
        get { shared.value.title }
        set { shared.value.title = newValue }
    }

    public var description: String? {
        get { shared.value.description }
        set { shared.value.description = newValue }
    }

    public var owner: String? {
        get { shared.value.owner }
        set { shared.value.owner = newValue }
    }

    public var domain: String? {
        get { shared.value.domain }
        set { shared.value.domain = newValue }
    }

    public var repository: String? {
        get { shared.value.repository }
        set { shared.value.repository = newValue }
    }

    public var links: [String] {
        get { shared.value.links }
        set { shared.value.links = newValue }
    }

    /// Where the links stand, one for each.
    public var linkSpans: [SourceSpan] {
        get { shared.value.linkSpans }
        set { shared.value.linkSpans = newValue }
    }

    public var tags: [String] {
        get { shared.value.tags }
        set { shared.value.tags = newValue }
    }
}

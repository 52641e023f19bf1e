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

    /// Changed only while nobody else refers to it.
    private final class Storage: @unchecked Sendable {
        var fields: Fields

        init(_ fields: Fields) { self.fields = fields }
    }

    private var storage = Self.nothing
    private static let nothing = Storage(Fields())

    public init() {}

    public var title: String? {
        get { storage.fields.title }
        set { change { $0.title = newValue } }
    }

    public var description: String? {
        get { storage.fields.description }
        set { change { $0.description = newValue } }
    }

    public var owner: String? {
        get { storage.fields.owner }
        set { change { $0.owner = newValue } }
    }

    public var domain: String? {
        get { storage.fields.domain }
        set { change { $0.domain = newValue } }
    }

    public var repository: String? {
        get { storage.fields.repository }
        set { change { $0.repository = newValue } }
    }

    public var links: [String] {
        get { storage.fields.links }
        set { change { $0.links = newValue } }
    }

    /// Where the links stand, one for each.
    public var linkSpans: [SourceSpan] {
        get { storage.fields.linkSpans }
        set { change { $0.linkSpans = newValue } }
    }

    public var tags: [String] {
        get { storage.fields.tags }
        set { change { $0.tags = newValue } }
    }

    public static func == (left: Documentation, right: Documentation) -> Bool {
        left.storage === right.storage || left.storage.fields == right.storage.fields
    }

    private mutating func change(_ body: (inout Fields) -> Void) {
        if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.fields) }
        body(&storage.fields)
    }
}

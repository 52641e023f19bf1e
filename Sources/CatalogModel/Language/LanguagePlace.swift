/// A place in a catalog file by the keys that lead to it, and what the language allows there: what editors complete
/// and explain. It is made of the same table that the loader reads.
///
/// ```
/// LanguagePlace(path: [.key("services"), .key("order"), .key("publishes"), .item])
/// // a channel's name, or a map with the keys 'channel', 'message', 'key', …
/// ```
public struct LanguagePlace: Sendable, Equatable {
    /// One step from a map or a list to what is in it.
    public enum Step: Sendable, Hashable {
        case key(String)
        case item
    }

    /// A key that a map may have.
    public struct Key: Sendable, Equatable {
        public var name: String
        public var isRequired: Bool
        /// What it means, in a line.
        public var summary: String
        /// `a duration`, `a list of channels`: what stands there.
        public var valuePhrase: String
        /// Whether a list stands there, a map, or one value.
        public var shape: Shape
    }

    public enum Shape: Sendable, Equatable { case value, list, map }

    /// What one value may be.
    public enum Values: Sendable, Equatable {
        /// One of these words.
        case choice([String])
        /// The name of something defined in the catalog.
        case reference(ReferenceTarget)
        /// `order publishes order.completed`.
        case step
        /// `250ms`, `5s` …
        case duration
        case flag
        /// Free text, numbers, dates.
        case other
    }

    private let type: ValueType

    /// The place at the end of the path; nil where the language has nothing there.
    public init?(path: [Step]) {
        var type = ValueType.map(.file)
        for step in path {
            guard let next = Self.next(type, step) else { return nil }
            type = next
        }
        self.type = type
    }

    private static func next(_ type: ValueType, _ step: Step) -> ValueType? {
        switch (type, step) {
        case (.map(let kind), .key(let name)), (.entry(let kind), .key(let name)),
            (.needs(let kind), .key(let name)):
            return CatalogKey.named(name).flatMap { kind.description.key($0)?.type }
        case (.step, .key(let name)):
            return CatalogKey.named(name).flatMap { MapKind.step.description.key($0)?.type }
        case (.named(let kind), .key): return .map(kind)
        case (.list(let element), .item): return element
        // `needs: [ordering]`; each word is a key that is true.
        case (.needs(let kind), .item): return .needs(kind)
        default: return nil
        }
    }

    /// The keys that a map here may have, in the order of the documentation; empty where names or values stand.
    public var keys: [Key] {
        let kind: MapKind? =
            switch type {
            case .map(let kind), .entry(let kind), .needs(let kind): kind
            case .step: .step
            default: nil
            }
        return (kind?.description.keys ?? []).map { description in
            Key(
                name: description.key.rawValue, isRequired: description.isRequired,
                summary: description.summary,
                valuePhrase: description.type.phrase, shape: Self.shape(of: description.type))
        }
    }

    /// What a single value here may be; nil where only a map or a list may stand.
    public var values: Values? {
        switch type {
        case .text, .count, .date, .pattern, .anything: .other
        case .flag: .flag
        case .duration: .duration
        case .choice(let words): .choice(words)
        case .reference(let target): .reference(target)
        case .step: .step
        case .entry(let kind): kind.description.keys.first.flatMap { Self(type: $0.type).values }
        case .needs(let kind):
            .choice(kind.description.keys.filter { $0.type == .flag }.map(\.key.rawValue))
        case .list, .map, .named, .lintSettings: nil
        }
    }

    /// What one element of a list here may be; nil where no list stands.
    public var element: LanguagePlace? {
        switch type {
        case .list(let element): Self(type: element)
        case .needs: self
        default: nil
        }
    }

    private init(type: ValueType) { self.type = type }

    private static func shape(of type: ValueType) -> Shape {
        switch type {
        case .list, .needs: .list
        case .map, .named, .lintSettings: .map
        default: .value
        }
    }
}

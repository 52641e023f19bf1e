/// What may stand as the value of a key.
indirect enum ValueType: Sendable, Equatable {
    /// Any scalar, as written.
    case text
    /// `true` or `false`.
    case flag
    /// A whole number.
    case count(ClosedRange<Int>)
    /// `250ms`, `5s`, `10m`, `2h`, `7d`.
    case duration
    /// `2026-12-31`.
    case date
    /// One of these words.
    case choice([String])
    /// A regular expression, matched against the whole name.
    case pattern
    /// The name of something defined elsewhere in the catalog.
    case reference(ReferenceTarget)
    /// `order publishes order.completed`, or the long form as a map.
    case step
    case list(ValueType)
    /// A map with fixed keys.
    case map(MapKind)
    /// A map with fixed keys, or just the value of its first key: `order.completed` for `{channel: order.completed}`.
    case entry(MapKind)
    /// A map with fixed keys, or a list of the keys that are `true`: `[ordering, replay]`.
    case needs(MapKind)
    /// A map whose keys are names that the author chooses.
    case named(MapKind)
    /// Rules and their settings; what may stand there is known to the rules.
    case lintSettings
    /// Anything; kept as it was written.
    case anything

    /// A choice of more words is not spelt out in a headline.
    static let longChoice = 10

    /// As an error says what was expected: `must be …`.
    var phrase: String {
        switch self {
        case .text: "a text"
        case .flag: "true or false"
        case .count: "a whole number"
        case .duration: "a duration"
        case .date: "a date"
        case .choice(let words):
            words.count > Self.longChoice
                ? "one of \(words.prefix(3).joined(separator: ", ")) and \(words.count - 3) others"
                : "one of \(words.joined(separator: ", "))"
        case .pattern: "a regular expression"
        case .reference(let target): "the name of \(target.phrase)"
        case .step: "a step"
        case .list(let element): "a list of \(element.plural)"
        case .map, .named, .lintSettings: "a map"
        case .entry(let map): "\(map.entryPhrase) or a map"
        case .needs: "a list of needs or a map"
        case .anything: "anything"
        }
    }

    private var plural: String {
        switch self {
        case .text: "texts"
        case .reference(let target): "\(target.plural)"
        case .step: "steps"
        case .choice(let words): words.joined(separator: ", ")
        case .entry(let map): "\(map.entryPlural)"
        default: "values"
        }
    }

    /// A right value, for help.
    var example: String? {
        switch self {
        case .flag: "true"
        case .count(let range): String(min(max(3, range.lowerBound), range.upperBound))
        case .duration: "250ms, 5s, 10m, 2h or 7d"
        case .date: "2026-12-31"
        case .pattern: "[a-z]+(\\.[a-z]+)*"
        case .step: "order publishes order.completed"
        case .list(.reference(.message)): "[order-completed]"
        case .list(.entry(.call)): "[payment]"
        case .list(.entry): "[order.completed]"
        case .list(.choice(let words)): "[\(words.prefix(2).joined(separator: ", "))]"
        case .list(.step): "[order publishes order.completed]"
        case .list: "[first, second]"
        case .needs: "[ordering, replay]"
        default: nil
        }
    }
}

/// What a reference may name.
public enum ReferenceTarget: String, Sendable, CaseIterable {
    case broker, channel, message, service

    var phrase: String {
        switch self {
        case .broker: "a broker or a messaging system"
        case .channel: "a topic or a queue"
        case .message: "a message"
        case .service: "a service"
        }
    }

    var plural: String { "\(rawValue)s" }
}

/// A version of the semantic conventions: the minor number of 1.x.
public struct ConventionVersion: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    public var minor: UInt8

    public init(minor: UInt8) { self.minor = minor }

    /// `"1.17"`
    public init(stringLiteral text: StaticString) {
        minor = UInt8("\(text)".dropFirst(2)) ?? 0
    }

    public static func < (left: ConventionVersion, right: ConventionVersion) -> Bool { left.minor < right.minor }

    public var description: String { "1.\(minor)" }
}

/// Which versions of the semantic conventions have all the attribute names that a span carries.
///
///     messaging.destination                                       1.7 to 1.16
///     messaging.destination.name + messaging.operation.type       1.26 to 1.44
///     messaging.destination + messaging.destination.name          both before 1.17 and since 1.17
public struct ConventionGeneration: Sendable, Hashable, CustomStringConvertible {
    /// The version that introduced the newest name; zero where no name of the conventions was carried.
    public var since: ConventionVersion
    /// The version that replaced the oldest name; nil while every name is current.
    public var until: ConventionVersion?

    public init(since: ConventionVersion, until: ConventionVersion?) {
        self.since = since
        self.until = until
    }

    /// No attribute of the conventions, whatever generation.
    public static let none = ConventionGeneration(since: ConventionVersion(minor: 0), until: nil)

    /// Old and new names beside each other, as `OTEL_SEMCONV_STABILITY_OPT_IN=…/dup` makes them.
    public var isMixed: Bool { until.map { $0 <= since } ?? false }

    public var description: String {
        guard self != .none else { return "none" }
        guard let until else { return "\(since) or later" }
        if isMixed { return "both before \(until) and since \(since)" }
        let last = ConventionVersion(minor: until.minor - 1)
        return last == since ? "\(since)" : "\(since) to \(last)"
    }

    /// Takes in one more attribute.
    mutating func narrow(since: UInt8, until: UInt8) {
        if since > self.since.minor { self.since.minor = since }
        if until > 0, until < self.until?.minor ?? .max { self.until = ConventionVersion(minor: until) }
    }
}

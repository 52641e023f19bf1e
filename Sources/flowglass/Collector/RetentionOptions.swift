import ArgumentParser
import CatalogModel
import TraceStore

/// How much a collector keeps.
struct RetentionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep spans so long after they came (36h, 7d); 'forever' for no limit (default: \(KeptAge(Retention().spans))).",
            valueName: "age"),
        transform: parseAge)
    var keepSpans: KeptAge = KeptAge(Retention().spans)

    @Option(
        help: ArgumentHelp(
            "Keep figures of edges so long after their last change (default: \(KeptAge(Retention().figures))).",
            valueName: "age"),
        transform: parseAge)
    var keepFigures: KeptAge = KeptAge(Retention().figures)

    @Option(
        help: ArgumentHelp(
            "Keep the store below this size (500MiB, 10GiB), the oldest goes first; 'unlimited' for no limit "
                + "(default: \(KeptSize(Retention().bytes))).",
            valueName: "size"),
        transform: parseSize)
    var maxStoreSize: KeptSize = KeptSize(Retention().bytes)

    var retention: Retention {
        Retention(spans: keepSpans.duration, figures: keepFigures.duration, bytes: maxStoreSize.bytes)
    }
}

/// An age, or none.
struct KeptAge: CustomStringConvertible {
    var duration: Duration?

    init(_ duration: Duration?) { self.duration = duration }

    var description: String { duration?.catalogText ?? "forever" }
}

/// A size, or none.
struct KeptSize: CustomStringConvertible {
    var bytes: Int?

    init(_ bytes: Int?) { self.bytes = bytes }

    /// The units and what they are worth, largest first.
    static let units: [(name: String, bytes: Int)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1),
    ]

    var description: String {
        guard let bytes else { return "unlimited" }
        let unit = Self.units.first { bytes >= $0.bytes && bytes % $0.bytes == 0 } ?? ("B", 1)
        return "\(bytes / unit.bytes)\(unit.name)"
    }
}

private func parseAge(_ text: String) throws -> KeptAge {
    if text == "forever" { return KeptAge(nil) }
    guard let age = Duration(catalogText: text), age >= .seconds(60) else {
        throw ValidationError("an age is a number and a unit, at least 1m: 36h, 7d, or 'forever'")
    }
    return KeptAge(age)
}

private func parseSize(_ text: String) throws -> KeptSize {
    if text == "unlimited" { return KeptSize(nil) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let name = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    guard let number = Int(digits), let unit = KeptSize.units.first(where: { $0.name.lowercased() == name }),
        case (let bytes, false) = number.multipliedReportingOverflow(by: unit.bytes), bytes >= 1 << 20
    else { throw ValidationError("a size is a number and a unit, at least 1MiB: 500MiB, 10GiB, or 'unlimited'") }
    return KeptSize(bytes)
}

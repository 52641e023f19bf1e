/// Metrics as Prometheus reads them: its text exposition format, version 0.0.4.
struct PrometheusText {
    static let type = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// Begins a metric: its type and help come before its samples.
    mutating func begin(_ metric: Metric) {
        text += "# HELP \(metric.name) \(Self.escaped(metric.help))\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
    }

    /// One sample; `suffix` is `_bucket`, `_sum` or `_count` of a histogram.
    mutating func sample(_ metric: Metric, suffix: String = "", _ labels: [(String, String)] = [], _ value: Double) {
        text += metric.name + suffix
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1, quotes: true))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(Self.written(value))\n"
    }

    private static func written(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

/// A metric, and how its samples are taken.
struct Metric: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    var name: String
    var kind: Kind
    var help: String
    var samples: @Sendable (CollectorFacts) -> [Sample]

    struct Sample: Sendable {
        var suffix = ""
        var labels: [(String, String)] = []
        var value: Double
    }
}

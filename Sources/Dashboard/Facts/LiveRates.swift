import FlowMatching
import TerminalUI
import TraceModel

/// Messages and calls of the last minute, second by second, by edge and by place; of the past, minute by minute.
struct LiveRates: Sendable, Equatable {
    /// The ends of an edge in the catalog's names.
    fileprivate struct Ends: Sendable, Hashable {
        var kind: EdgeKind
        var from: String
        var to: String
    }

    /// What crossed an edge, by its group or operation.
    private var edges: [Ends: [String: [Int]]] = [:]
    private var intoChannel: [String: [Int]] = [:]
    private var outOfChannel: [String: [Int]] = [:]
    private var intoService: [String: [Int]] = [:]
    private var outOfService: [String: [Int]] = [:]
    /// What the help says of rates and counts.
    static let reading = [
        "RATE/s: the mean of the last minute; of the past that of the window, of its last hour at most. "
            + "Counts go by whole minutes: a live window begins with the minute that it reaches into."
    ]

    /// How many seconds each value covers.
    private(set) var secondsPerValue = 1
    /// What means are taken over in the past, in seconds before the end of the series.
    private var stretch: Range<Double>?

    init() {}

    /// - Complexity: O(edges that had messages).
    init(_ snapshot: LiveSnapshot, names: ObservedNames) {
        self.init(snapshot.rates, secondsPerValue: snapshot.rateSeconds, names: names)
        guard let until = snapshot.until, let covered = snapshot.rateStretch else { return }
        let end = Double(wholeMinute(atOrAfter: until)) / 1e9
        stretch = max(0, end - Double(covered.upperBound) / 1e9)..<max(0, end - Double(covered.lowerBound) / 1e9)
    }

    /// - Complexity: O(edges that had messages).
    init(_ rates: [EdgeKey: [Int]], secondsPerValue: Int = 1, names: ObservedNames) {
        self.secondsPerValue = max(1, secondsPerValue)
        for (key, series) in rates {
            let ends = Ends(key, names)
            edges[ends, default: [:]][key.detail, default: []].addSeries(series)
            switch key.kind {
            case .publishes:
                outOfService[ends.from, default: []].addSeries(series)
                intoChannel[ends.to, default: []].addSeries(series)
            case .delivers:
                intoChannel[ends.to, default: []].addSeries(series)
            case .consumes:
                outOfChannel[ends.from, default: []].addSeries(series)
                intoService[ends.to, default: []].addSeries(series)
            case .calls:
                outOfService[ends.from, default: []].addSeries(series)
                intoService[ends.to, default: []].addSeries(series)
            }
        }
    }

    /// What crossed an edge; groups and operations that only one side knows count as the same.
    func series(of edge: FlowEdge) -> [Int] {
        let details = edges[Ends(kind: edge.kind, from: edge.from, to: edge.to)] ?? [:]
        let detail = edge.kind == .calls ? edge.operation : edge.group
        if let exact = details[detail] { return exact }
        return details.count == 1 ? details.values.first ?? [] : []
    }

    /// What came into a channel; where only its consumers are seen, what they took.
    func series(ofChannel name: String) -> [Int] { intoChannel[name] ?? outOfChannel[name] ?? [] }

    /// What a service handled and served; where it does neither, what it sent and asked for.
    func series(ofService name: String) -> [Int] { intoService[name] ?? outOfService[name] ?? [] }

    /// The last minute as twelve small bars of five seconds each, the newest at the right.
    static func picture(of series: [Int], _ settings: DashboardSettings) -> StyledText {
        let seconds = series.suffix(60)
        let missing = 60 - seconds.count
        var bars = Array(repeating: 0.0, count: 12)
        for (index, value) in seconds.enumerated() { bars[(missing + index) / 5] += Double(value) }
        return StyledText(Sparkline(bars, glyphs: settings.glyphs).text(width: 12), settings.theme.good)
    }

    /// A mean is taken over so many seconds at least: one message does not make a rate.
    private static let shortestMean = 10.0

    /// The mean a second since the first message of the series, now over the last minute, of the past over the window.
    func perSecond(_ series: [Int]) -> Double {
        let length = Double(secondsPerValue)
        let covered = stretch ?? 0..<Double(series.count) * length
        let values = series.suffix(Int((covered.upperBound / length).rounded(.up)))
        guard let first = values.firstIndex(where: { $0 > 0 }) else { return 0 }
        let start = min(covered.upperBound, Double(series.count - first) * length)
        return Double(values.reduce(0, &+)) / max(start - covered.lowerBound, Self.shortestMean)
    }
}

extension LiveRates.Ends {
    fileprivate init(_ key: EdgeKey, _ names: ObservedNames) {
        let isFromService = key.kind == .publishes || key.kind == .calls
        let isToService = key.kind == .consumes || key.kind == .calls
        self.init(
            kind: key.kind, from: isFromService ? names.service(key.from) : names.channel(key.from),
            to: isToService ? names.service(key.to) : names.channel(key.to))
    }
}

extension [Int] {
    /// Adds another series second by second; both end with the newest second.
    fileprivate mutating func addSeries(_ other: [Int]) {
        if count < other.count { insert(contentsOf: repeatElement(0, count: other.count - count), at: 0) }
        let shift = count - other.count
        for (index, value) in other.enumerated() { self[shift + index] &+= Swift.max(0, value) }
    }
}

/// A distribution of durations, by buckets whose width is 1/64 of their value or less.
///
/// The buckets are those of a high dynamic range histogram (Gil Tene's HdrHistogram) with six bits of mantissa, kept
/// sparsely: a minute of one edge is a few dozen numbers. Counts are signed and adding is linear, so that a figure can
/// be taken back when a span that arrives later corrects it.
public struct DurationDistribution: Sendable, Equatable {
    /// Counts by bucket; no count is zero.
    public private(set) var buckets: [UInt16: Int] = [:]

    public init() {}

    /// From buckets as `buckets` gave them.
    public init(buckets: [UInt16: Int]) { self.buckets = buckets.filter { $0.value != 0 } }

    /// How many durations were recorded.
    public var count: Int { buckets.values.reduce(0, +) }

    /// Records a duration in nanoseconds, `times` times; a negative number takes it back.
    public mutating func record(_ nanoseconds: UInt64, times: Int = 1) {
        change(Self.bucket(of: nanoseconds), by: times)
    }

    /// Adds another distribution to this one.
    public mutating func add(_ other: DurationDistribution) {
        for (bucket, count) in other.buckets { change(bucket, by: count) }
    }

    /// The duration in nanoseconds that the given share (0...1) of all durations does not exceed, within 1/128 of
    /// itself; nil when empty.
    public func quantile(_ share: Double) -> UInt64? {
        let sorted = buckets.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        let total = sorted.reduce(0) { $0 + $1.value }
        guard total > 0 else { return nil }
        let rank = max(1, Int((min(max(share, 0), 1) * Double(total)).rounded(.up)))
        var passed = 0
        for (bucket, count) in sorted {
            passed += count
            if passed >= rank { return Self.middle(of: bucket) }
        }
        return sorted.last.map { Self.middle(of: $0.key) }
    }

    private mutating func change(_ bucket: UInt16, by times: Int) {
        guard times != 0 else { return }
        guard let index = buckets.index(forKey: bucket) else {
            buckets[bucket] = times
            return
        }
        buckets.values[index] &+= times
        if buckets.values[index] == 0 { buckets.remove(at: index) }
    }

    /// Values below 64 have a bucket each; above, six bits after the leading one choose among 64 for each power of two.
    static func bucket(of value: UInt64) -> UInt16 {
        guard value >= 64 else { return UInt16(value) }
        let exponent = 63 - value.leadingZeroBitCount
        let mantissa = Int(truncatingIfNeeded: value >> UInt64(exponent - 6)) & 63
        return UInt16((exponent - 5) * 64 + mantissa)
    }

    static func middle(of bucket: UInt16) -> UInt64 {
        let bucket = min(Int(bucket), 59 * 64 - 1)
        guard bucket >= 64 else { return UInt64(bucket) }
        let exponent = bucket / 64 + 5
        let low = (64 + UInt64(bucket % 64)) << UInt64(exponent - 6)
        return low + (1 << UInt64(exponent - 6)) / 2
    }
}

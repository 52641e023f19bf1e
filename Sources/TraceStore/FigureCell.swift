import TraceModel

/// Figures of one edge in one minute, as a blob; and how a hop adds to them.
extension EdgeFigures {
    var encoded: [UInt8] {
        var writer = ByteWriter()
        for count in [count, deliveries, errors, duplicates] { writer.append(count: count) }
        writer.append(firstSeen)
        writer.append(lastSeen)
        for evidence in JoinEvidence.allCases { writer.append(count: joinedBy[evidence] ?? 0) }
        for distribution in [wait, work] {
            let buckets = distribution.buckets.sorted { $0.key < $1.key }
            writer.append(UInt64(buckets.count))
            var previous: UInt16 = 0
            for (bucket, count) in buckets {
                writer.append(UInt64(bucket - previous))
                writer.append(count: count)
                previous = bucket
            }
        }
        return writer.bytes
    }

    /// The counts and times that `encoded` begins with are within so many bytes: six numbers of ten at most.
    static let headLength = 60

    /// Counts and times only, from the first `headLength` bytes.
    init(encodedHead bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        self.init(head: &reader)
    }

    private init(head reader: inout ByteReader) {
        self.init()
        count = reader.smallCount()
        deliveries = reader.smallCount()
        errors = reader.smallCount()
        duplicates = reader.smallCount()
        firstSeen = reader.number()
        lastSeen = reader.number()
    }

    init(encoded: [UInt8]) {
        var reader = ByteReader(encoded)
        self.init(head: &reader)
        for evidence in JoinEvidence.allCases {
            let count = reader.smallCount()
            if count != 0 { joinedBy[evidence] = count }
        }
        wait = Self.distribution(&reader)
        work = Self.distribution(&reader)
    }

    private static func distribution(_ reader: inout ByteReader) -> DurationDistribution {
        var buckets: [UInt16: Int] = [:]
        var bucket: UInt16 = 0
        for _ in 0..<min(reader.number(), 4_096) where !reader.isAtEnd {
            bucket = bucket &+ UInt16(truncatingIfNeeded: reader.number())
            buckets[bucket] = reader.smallCount()
        }
        return DurationDistribution(buckets: buckets)
    }

    /// Adds a hop (`sign` 1) or takes it back (`sign` -1). First and last seen only widen: a hop that is taken back is
    /// followed by one that speaks for the same spans.
    mutating func apply(_ hop: JoinedHop, sign: Int) {
        let isConsumed = hop.edge.kind == .consumes
        let sign = sign * Int(hop.messages)
        deliveries += sign
        if !isConsumed || hop.attempt == 1 { count += sign }
        if hop.isError { errors += sign }
        if hop.isDuplicate { duplicates += sign }
        if let evidence = hop.evidence {
            let joined = (joinedBy[evidence] ?? 0) + sign
            joinedBy[evidence] = joined == 0 ? nil : joined
        }
        if let time = hop.wait { wait.record(UInt64(max(0, time)), times: sign) }
        if let time = hop.work { work.record(time, times: sign) }
        guard sign > 0 else { return }
        firstSeen = firstSeen == 0 ? hop.firstSeen : min(firstSeen, hop.firstSeen)
        lastSeen = max(lastSeen, hop.lastSeen)
    }

    var isVoid: Bool { count == 0 && deliveries == 0 }
}

import GRDB
import TraceModel

/// What the `totals` table and the newest segments say about a store.
enum StoredHealth {
    static func fetch(_ db: Database, now: UInt64) throws -> StoreHealth {
        var health = StoreHealth()
        // A store of schema 1, which no collector has opened since, has evicted nothing.
        if let row = try Row.fetchOne(db, sql: "SELECT * FROM totals") {
            if row.hasColumn("evicted_spans") {
                health.evictedSpans = try row.count("evicted_spans")
                health.evictedFigures = try row.count("evicted_figures")
                health.evictedUntil = (try? row.number("evicted_until")).map { UInt64(bitPattern: $0) }
            }
            health.spans = try max(0, row.count("spans") - health.evictedSpans)
            health.rejected = try row.count("rejected")
            health.lastRejection = try? row.text("reason")
        }
        if let minute = try Int64.fetchOne(db, sql: "SELECT MIN(minute) FROM figures"), minute > 0 {
            health.oldest = UInt64(minute).multipliedReportingOverflow(by: 60_000_000_000).partialValue
        }
        health.spansPerSecond = Array(repeating: 0, count: RateTracker.seconds)
        let second = Int64(now / 1_000_000_000)
        let rows = try Row.fetchCursor(db, sql: "SELECT received, spans FROM segments ORDER BY id DESC")
        while let row = try rows.next() {
            let age = try second - row.number("received") / 1_000_000_000
            guard age < Int64(RateTracker.seconds) else { break }
            if age >= 0 { health.spansPerSecond[RateTracker.seconds - 1 - Int(age)] += try row.count("spans") }
        }
        return health
    }

    /// Whether any conversation in the store lost its older part.
    static func hasCuts(_ db: Database) throws -> Bool {
        guard try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 >= 2 else { return false }
        return try Bool.fetchOne(db, sql: "SELECT EXISTS(SELECT 1 FROM cut)") ?? false
    }

    /// The lookup keys, among some, of conversations whose older part was evicted.
    static func cut(_ db: Database, among keys: Set<UInt64>) throws -> Set<UInt64> {
        try keys.filter { key in
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT 1 FROM cut WHERE key = ?"), arguments: [Int64(bitPattern: key)])
                ?? false
        }
    }
}

extension Conversation {
    /// What the conversation can be looked up by.
    var lookupKeys: Set<UInt64> {
        var keys = Set(traces.map { JoinKey($0).bits })
        for span in spans {
            for link in span.links { keys.insert(JoinKey(link.trace).bits) }
            if !span.reading.correlationID.isEmpty {
                keys.insert(SegmentKeys.key(correlation: span.reading.correlationID))
            }
            if !span.reading.messageID.isEmpty { keys.insert(SegmentKeys.key(message: span.reading.messageID)) }
        }
        return keys
    }
}

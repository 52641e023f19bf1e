import Foundation
import GRDB
import TraceModel

/// The figures of a window that ends in the past, and how many messages crossed each edge in each minute of its last
/// hour.
struct PastFigures {
    private static let minutes: Int64 = 60

    /// The first and the last minute since the Unix epoch.
    private let first: Int64
    private let last: Int64
    private(set) var edges: [ObservedEdge] = []
    /// Every edge of the store, also of other times.
    private(set) var keys: [Int64: EdgeKey] = [:]
    /// 60 values, oldest first.
    private(set) var rates: [EdgeKey: [Int]] = [:]

    init(window: TimeWindow, until: UInt64) {
        last = Int64(until / 60_000_000_000)
        first = window.firstMinute(until: until)
    }

    /// - Complexity: O(minutes × edges that had messages).
    mutating func read(_ database: DatabaseQueue) throws {
        var figures: [Int64: EdgeFigures] = [:]
        var counts: [Int64: [Int]] = [:]
        let hour = last - Self.minutes + 1
        try StoredFigures.forEach(in: database, from: min(first, hour), to: last + 1) { minute, edge, cell in
            if minute >= first { figures[edge, default: EdgeFigures()].add(cell) }
            if minute >= hour {
                counts[edge, default: Array(repeating: 0, count: Int(Self.minutes))][Int(minute - hour)] +=
                    max(0, cell.count)
            }
        }
        keys = try database.read { try StoredEdges.fetch($0) }
        edges = figures.compactMap { id, figures in
            guard let key = keys[id], !figures.isVoid else { return nil }
            return ObservedEdge(key: key, figures: figures)
        }.sorted { $0.key < $1.key }
        for (id, count) in counts { if let key = keys[id] { rates[key] = count } }
    }
}

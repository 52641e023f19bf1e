import Foundation
import GRDB
import TraceModel

/// Every edge that the store has figures of, whenever that was: an edge that was quiet for a while is still observed.
///
/// Learned from the windows that are looked at anyway, and from all figures only when an edge is met that no window
/// held.
struct KnownEdges: Sendable {
    private var seen: [Int64: EdgeFigures] = [:]
    /// Looked for in all figures; not all of them are in `seen`, for late spans may take a figure back.
    private var asked: Set<Int64> = []
    /// Reading all figures again and again must not be most of what a reader does.
    private var pause: ContinuousClock.Instant?
    private static let pauseFactor = 10

    /// Takes in the figures of a window that ends now.
    /// - Parameters:
    ///   - minute: The first of the window, since the Unix epoch.
    ///   - keys: All edges that there are: what was evicted is forgotten, for its id may come again.
    mutating func learn(_ figures: [Int64: EdgeFigures], from minute: Int64, keys: [Int64: EdgeKey]) {
        if !asked.allSatisfy({ keys[$0] != nil }) || !seen.allSatisfy({ keys[$0.key] != nil }) {
            asked = asked.filter { keys[$0] != nil }
            seen = seen.filter { keys[$0.key] != nil }
        }
        for (id, figures) in figures where !figures.isVoid { note(id, figures) }
        // What should be in the window and is not was taken back.
        for (id, known) in seen where figures[id]?.isVoid ?? true && known.lastSeen / 60_000_000_000 >= max(0, minute) {
            seen[id] = nil
            asked.remove(id)
        }
    }

    /// Reads all figures when one of these edges was never met.
    mutating func complete(_ ids: some Sequence<Int64>, in database: DatabaseQueue) throws {
        guard pause.map({ $0 < .now }) ?? true, ids.contains(where: { seen[$0] == nil && !asked.contains($0) }) else {
            return
        }
        let start = ContinuousClock.now
        let all = try StoredFigures.sightings(in: database)
        for (id, figures) in all where !figures.isVoid { note(id, figures) }
        asked.formUnion(ids)
        pause = .now + (.now - start) * Self.pauseFactor
    }

    /// The edges that are not among those of a window, with no figures but when they were seen, by `until` (nanoseconds
    /// since the Unix epoch).
    func quiet(besides shown: [ObservedEdge], of keys: [Int64: EdgeKey], until: UInt64 = .max) -> [ObservedEdge] {
        let shown = Set(shown.map(\.key))
        return seen.compactMap { id, figures in
            guard let key = keys[id], !shown.contains(key), figures.firstSeen <= until else { return nil }
            var figures = figures
            if figures.lastSeen > until { figures.lastSeen = 0 }
            return ObservedEdge(key: key, figures: figures)
        }
    }

    private mutating func note(_ id: Int64, _ figures: EdgeFigures) {
        var times = EdgeFigures()
        (times.firstSeen, times.lastSeen) = (figures.firstSeen, figures.lastSeen)
        seen[id, default: EdgeFigures()].add(times)
    }
}

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
    private var reading: Reading?
    /// Reading all figures again and again must not be most of what a reader does.
    private var pause: ContinuousClock.Instant?
    private static let pauseFactor = 10
    /// How long one step of reading all figures may take: others wait for it.
    static let step = Duration.milliseconds(50)

    /// All figures, as far as they are read.
    private struct Reading: Sendable {
        var scan = FiguresScan(from: .min, headOnly: true)
        var found: [Int64: EdgeFigures] = [:]
        var ids: Set<Int64>
        var time = Duration.zero
    }

    /// Takes in the figures of a window that ends now.
    /// - Parameters:
    ///   - minute: The first of the window, since the Unix epoch.
    ///   - keys: All edges that there are: what was evicted is forgotten, for its id may come again.
    mutating func learn(_ figures: [Int64: EdgeFigures], from minute: Int64, keys: [Int64: EdgeKey]) {
        if !asked.allSatisfy({ keys[$0] != nil }) || !seen.allSatisfy({ keys[$0.key] != nil }) {
            asked = asked.filter { keys[$0] != nil }
            seen = seen.filter { keys[$0.key] != nil }
        }
        if let found = reading?.found { reading?.found = found.filter { keys[$0.key] != nil } }
        for (id, figures) in figures where !figures.isVoid { note(id, figures) }
        // What should be in the window and is not was taken back.
        for (id, known) in seen where figures[id]?.isVoid ?? true && known.lastSeen / 60_000_000_000 >= max(0, minute) {
            seen[id] = nil
            asked.remove(id)
        }
    }

    /// Reads all figures when one of these edges was never met: a step of it.
    /// - Returns: Whether nothing is left to read.
    mutating func complete(
        _ ids: some Sequence<Int64>, in database: DatabaseQueue, for step: Duration = Self.step
    ) throws -> Bool {
        if reading == nil {
            guard pause.map({ $0 < .now }) ?? true, ids.contains(where: { seen[$0] == nil && !asked.contains($0) })
            else { return true }
            reading = Reading(ids: Set(ids))
        }
        guard var reading else { return true }
        // What fails begins anew.
        self.reading = nil
        let start = ContinuousClock.now
        var found = reading.found
        reading.found = [:]
        try reading.scan.goOn(in: database, for: step) { _, edge, figures in
            found[edge, default: EdgeFigures()].add(figures)
        }
        reading.time += .now - start
        guard reading.scan.isAtEnd else {
            reading.found = found
            self.reading = reading
            return false
        }
        for (id, figures) in found where !figures.isVoid { note(id, figures) }
        asked.formUnion(reading.ids)
        pause = .now + reading.time * Self.pauseFactor
        return true
    }

    /// The edges that are not among those of a window, with no figures but when they were seen.
    /// - Parameters:
    ///   - until: The moment that is looked at, in nanoseconds since the Unix epoch.
    ///   - earlier: When those of `seenAgain` were seen last by that moment; of one that is not in it, it is not told.
    func quiet(
        besides shown: [ObservedEdge], of keys: [Int64: EdgeKey], until: UInt64 = .max, earlier: [Int64: UInt64] = [:]
    ) -> [ObservedEdge] {
        hidden(by: shown, keys, until).map { id, key, figures in
            var figures = figures
            if figures.lastSeen > until { figures.lastSeen = earlier[id] ?? 0 }
            return ObservedEdge(key: key, figures: figures)
        }
    }

    /// Which of the quiet edges were seen before a moment and again after it.
    func seenAgain(after until: UInt64, besides shown: [ObservedEdge], of keys: [Int64: EdgeKey]) -> [Int64] {
        hidden(by: shown, keys, until).filter { $0.figures.lastSeen > until }.map(\.id)
    }

    private func hidden(
        by shown: [ObservedEdge], _ keys: [Int64: EdgeKey], _ until: UInt64
    ) -> [(id: Int64, key: EdgeKey, figures: EdgeFigures)] {
        let shown = Set(shown.map(\.key))
        return seen.compactMap { id, figures in
            guard let key = keys[id], !shown.contains(key), figures.firstSeen <= until else { return nil }
            return (id, key, figures)
        }
    }

    private mutating func note(_ id: Int64, _ figures: EdgeFigures) {
        var times = EdgeFigures()
        (times.firstSeen, times.lastSeen) = (figures.firstSeen, figures.lastSeen)
        seen[id, default: EdgeFigures()].add(times)
    }
}

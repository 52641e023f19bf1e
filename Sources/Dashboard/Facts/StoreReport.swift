import TraceModel

/// What the store holds, and what did not stay in it, in sentences: the status line has room for numbers only.
///
///     15k spans, 6.2MB, figures since 2026-01-15 08:12:00.
///
///     Rejected: 1 span that could not be used; the rest of their requests was kept. The last: malformed trace id.
enum StoreReport {
    static func text(_ model: DashboardModel) -> String {
        let health = model.facts.snapshot.health
        if model.settings.isOfFiles {
            let files =
                "Read from \(model.settings.source ?? "files"): nothing is received, and nothing comes after it."
            return [held(health, model), files, rejected(health)].joined(separator: "\n\n") + "\n"
        }
        return [
            held(health, model), rejected(health), refused(health), evicted(health, model), givenUp(health),
            """
            More: the collector's log tells of what it turns down; 'flowglass collect --admin 127.0.0.1:4319' has a page \
            /metrics that counts it by reason. Documentation/Operating.md says what is kept, and for how long.
            """,
        ].compactMap(\.self).joined(separator: "\n\n") + "\n"
    }

    private static func held(_ health: StoreHealth, _ model: DashboardModel) -> String {
        let log = health.logBytes > 0 ? " (\(FigureText.bytes(health.logBytes)) of it the write-ahead log)" : ""
        let size = health.bytes > 0 ? ", \(FigureText.bytes(health.bytes))\(log)" : ""
        let oldest = health.oldest.map { ", figures since \(model.momentText($0))" } ?? ""
        return "\(FigureText.counted(health.spans, "span"))\(size)\(oldest)."
            + (health.trouble.map { "\nTrouble: \($0)." } ?? "")
    }

    private static func rejected(_ health: StoreHealth) -> String {
        guard health.rejected > 0 else { return "Rejected: no span." }
        let spans = FigureText.counted(health.rejected, "span")
        return "Rejected: \(spans) that could not be used; the rest of their requests was kept."
            + (health.lastRejection.map { " The last: \($0)." } ?? "")
    }

    private static func refused(_ health: StoreHealth) -> String {
        guard let refused = health.refusedRequests else {
            return "Refused requests: counted by the collector that fills this store, in its log and on its pages."
        }
        guard refused > 0 else { return "Refused: no request since this collector began." }
        return
            "Refused: \(FigureText.counted(refused, "request")) since this collector began; nothing of them was kept."
            + (health.lastRefusal.map { " The last: \($0)." } ?? "")
    }

    private static func evicted(_ health: StoreHealth, _ model: DashboardModel) -> String {
        guard health.evictedSpans > 0 || health.evictedFigures > 0 else { return "Evicted: nothing." }
        let until = health.evictedUntil.map { ", all that had come until \(model.momentText($0))" } ?? ""
        let figures =
            health.evictedFigures > 0
            ? ", and \(FigureText.counted(health.evictedFigures, "figure")) of an edge in a minute" : ""
        return """
            Evicted: \(FigureText.counted(health.evictedSpans, "span"))\(until)\(figures). The oldest goes when it is \
            older than --keep-spans and --keep-figures of 'flowglass collect' say, or the store larger than \
            --max-store-size.
            """
    }

    private static func givenUp(_ health: StoreHealth) -> String? {
        guard let givenUp = health.givenUp, givenUp.count > 0 else { return nil }
        return """
            Given up: \(FigureText.counted(givenUp.count, "message")) since this collector began, of which one side had \
            come when joining made room for newer ones: \(FigureText.count(givenUp.withoutSubscriber)) that nobody was \
            seen to handle, \(FigureText.count(givenUp.withoutPublisher)) that nobody was seen to publish. A side that \
            comes now is counted as one without the other.
            """
    }
}

extension DashboardModel {
    mutating func previewStore() -> [Effect] {
        overlay = .preview(
            TextPreview(
                title: "What the store holds", text: StoreReport.text(self), fileName: "flowglass-store.txt",
                isProse: true))
        return []
    }
}

extension StoreHealth {
    /// Whether something went that the status line cannot explain.
    var hasLosses: Bool { evictedSpans > 0 || evictedFigures > 0 || (refusedRequests ?? 0) > 0 }
}

import Foundation
import SourceDiagnostics
import TraceIngest
import TraceModel
import TraceStore

/// How a collector is at one moment: what its pages are made of.
struct CollectorFacts: Sendable {
    struct Server: Sendable {
        /// `http`, `grpc`.
        var name: String
        var address: String
        var counters: IngestCounters
    }

    var version: String
    /// Of SQLite.
    var databaseVersion: String
    /// Seconds since the Unix epoch.
    var started: Double
    var store: StoreCounters
    /// What the store's files say; nil when they cannot be read now.
    var health: StoreHealth?
    var servers: [Server]

    /// `/healthz`: 503 while spans cannot be kept. A damaged store that was set aside is a thing to look at, but a
    /// restart would not mend it.
    var healthPage: HTTPPage {
        let isDegraded = store.trouble != nil || !store.setAside.isEmpty
        let page = JSONValue.object([
            ("status", .string(isDegraded ? "degraded" : "ok")),
            ("trouble", store.trouble.map { .string($0) } ?? .null),
            ("setAside", .array(store.setAside.map { .string($0) })),
            ("listening", .array(servers.map { .string($0.address) })),
            ("spans", .number(health?.spans ?? 0)),
            ("version", .string(version)),
        ])
        return HTTPPage(isFine: store.trouble == nil, type: "application/json", text: page.text() + "\n")
    }

    /// `/metrics`.
    var metricsPage: HTTPPage {
        var text = PrometheusText()
        for metric in CollectorMetrics.list {
            text.begin(metric)
            for sample in metric.samples(self) {
                text.sample(metric, suffix: sample.suffix, sample.labels, sample.value)
            }
        }
        return HTTPPage(type: PrometheusText.type, text: text.text)
    }

    /// Bytes of memory that the process holds (proc(5), statm).
    static var residentBytes: Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(getpagesize()) : 0
    }
}

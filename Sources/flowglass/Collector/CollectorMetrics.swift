import OTLPCoding
import TraceIngest
import TraceModel
import TraceStore

/// Every metric of a collector, in the order of the page. `Documentation/Operating.md` lists them, and a test compares.
enum CollectorMetrics {
    static let list: [Metric] = servers + queue + joining + store + process

    // MARK: - Receiving

    private static let servers: [Metric] = [
        perServer("requests_total", .counter, "Requests for traces that were read whole.") { $0.requests },
        Metric(
            name: "flowglass_request_failures_total", kind: .counter,
            help: "Requests that were answered with an error, by its code.",
            samples: { facts in
                facts.servers.flatMap { server in
                    // From the start, each at zero: an increase from nothing would not be seen.
                    OTLPStatus.Code.allCases.map { code in
                        Metric.Sample(
                            labels: [("protocol", server.name), ("code", "\(code)")],
                            value: Double(server.counters.failures[code] ?? 0))
                    }
                }
            }),
        perServer("received_bytes_total", .counter, "Bytes of request bodies as they came.") { $0.bytes },
        perServer("spans_received_total", .counter, "Spans that were kept.") { $0.spans },
        Metric(
            name: "flowglass_spans_rejected_total", kind: .counter,
            help: "Spans that could not be used, by the reason.",
            samples: { facts in
                facts.servers.flatMap { server in
                    let none = OTLPBatch.rejectionReasons.map { ($0, 0) }
                    let counts = server.counters.rejectedByReason.merging(none) { counted, _ in counted }
                    return counts.sorted { $0.key < $1.key }.map { reason, count in
                        Metric.Sample(labels: [("protocol", server.name), ("reason", reason)], value: Double(count))
                    }
                }
            }),
        perServer("connections", .gauge, "Connections that are open.") { $0.connections },
        perServer("connections_refused_total", .counter, "Connections that were one too many.") {
            $0.refusedConnections
        },
        perServer("request_bytes_in_flight", .gauge, "Bytes that requests hold in memory.") { $0.bytesInFlight },
    ]

    private static func perServer(
        _ name: String, _ kind: Metric.Kind, _ help: String,
        _ value: @escaping @Sendable (IngestCounters) -> Int
    ) -> Metric {
        Metric(
            name: "flowglass_" + name, kind: kind, help: help,
            samples: { facts in
                facts.servers.map {
                    Metric.Sample(labels: [("protocol", $0.name)], value: Double(value($0.counters)))
                }
            })
    }

    // MARK: - Committing

    private static let queue: [Metric] = [
        single("queue_requests", .gauge, "Requests that wait for a commit.") { Double($0.store.waitingRequests) },
        single("queue_bytes", .gauge, "Bytes of the requests that wait for a commit.") {
            Double($0.store.waitingBytes)
        },
        single("commits_total", .counter, "Commits.") { Double($0.store.commits) },
        single("commit_failures_total", .counter, "Commits that failed; their requests were refused.") {
            Double($0.store.failedCommits)
        },
        single("spans_committed_total", .counter, "Spans that were committed.") { Double($0.store.spans) },
        Metric(
            name: "flowglass_commit_duration_seconds", kind: .histogram,
            help: "How long commits took, to the end of their fsync.",
            samples: { facts in
                let times = facts.store.commitTimes
                var total = 0
                var samples: [Metric.Sample] = []
                for (index, count) in times.counts.enumerated() {
                    total += count
                    let bound = index < LatencyCounts.bounds.count ? String(LatencyCounts.bounds[index]) : "+Inf"
                    samples.append(Metric.Sample(suffix: "_bucket", labels: [("le", bound)], value: Double(total)))
                }
                samples.append(Metric.Sample(suffix: "_sum", value: times.sum))
                samples.append(Metric.Sample(suffix: "_count", value: Double(total)))
                return samples
            }),
    ]

    // MARK: - Joining

    private static let joining: [Metric] = [
        Metric(
            name: "flowglass_deliveries_joined", kind: .gauge,
            help: "Deliveries by the evidence that joined them to their publisher, since the start.",
            samples: { facts in
                JoinEvidence.allCases.map {
                    Metric.Sample(labels: [("evidence", $0.rawValue)], value: Double(facts.store.joined[$0] ?? 0))
                }
            }),
        single("deliveries_unjoined", .gauge, "Deliveries whose publisher is not known (yet), since the start.") {
            Double($0.store.unjoined)
        },
        Metric(
            name: "flowglass_messages_given_up_total", kind: .counter,
            help: "Messages that joining forgot with one side missing, to make room for newer ones.",
            samples: { facts in
                let givenUp = facts.store.givenUp
                return [("publisher", givenUp.withoutPublisher), ("subscriber", givenUp.withoutSubscriber)].map {
                    Metric.Sample(labels: [("missing", $0.0)], value: Double($0.1))
                }
            }),
    ]

    // MARK: - The store

    private static let store: [Metric] = [
        single("store_spans", .gauge, "Spans in the store.") { $0.health.map { Double($0.spans) } },
        single("spans_evicted_total", .counter, "Spans that retention took out, since the store was made.") {
            $0.health.map { Double($0.evictedSpans) }
        },
        single("figures_evicted_total", .counter, "Figures of an edge in a minute that retention took out.") {
            $0.health.map { Double($0.evictedFigures) }
        },
        single("store_bytes", .gauge, "Size of the store's files.") { $0.health.map { Double($0.bytes) } },
        single("store_log_bytes", .gauge, "Size of the store's write-ahead log.") {
            $0.health.map { Double($0.logBytes) }
        },
        single("stores_set_aside_total", .counter, "Damaged stores that were set aside.") {
            Double($0.store.setAside.count)
        },
        single("healthy", .gauge, "1 while spans can be kept.") { $0.store.trouble == nil ? 1 : 0 },
    ]

    // MARK: - The process

    private static let process: [Metric] = [
        Metric(
            name: "flowglass_build_info", kind: .gauge, help: "The version of the program and of SQLite.",
            samples: { facts in
                [
                    Metric.Sample(
                        labels: [("version", facts.version), ("sqlite", facts.databaseVersion)], value: 1)
                ]
            }),
        Metric(
            name: "process_start_time_seconds", kind: .gauge, help: "When it started, since the Unix epoch.",
            samples: { [Metric.Sample(value: $0.started)] }),
        Metric(
            name: "process_resident_memory_bytes", kind: .gauge, help: "Memory that the process holds.",
            samples: { _ in [Metric.Sample(value: Double(CollectorFacts.residentBytes))] }),
    ]

    private static func single(
        _ name: String, _ kind: Metric.Kind, _ help: String, _ value: @escaping @Sendable (CollectorFacts) -> Double?
    ) -> Metric {
        Metric(
            name: "flowglass_" + name, kind: kind, help: help,
            samples: { facts in value(facts).map { [Metric.Sample(value: $0)] } ?? [] })
    }
}

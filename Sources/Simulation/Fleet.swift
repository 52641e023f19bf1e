public import NIOCore
import NIOPosix
import Synchronization

/// The services of the concert-booking catalog, at work: customers book, services call each other and exchange
/// messages through brokers of their own, and each service sends its spans to the collector as its SDK would.
///
/// ```swift
/// let fleet = Fleet(.init(port: 4318, rate: 4))
/// await fleet.run()                       // until stop() or cancellation
/// print(fleet.counters.spansSent)
/// ```
///
/// Nothing in it fails for want of a collector: spans wait in bounded queues, and what does not fit is counted.
public final class Fleet: Sendable {
    public let settings: Settings
    private let group: (any EventLoopGroup)?
    private let ownsGroup: Bool
    private let connections: [CollectorConnection]
    private let exporters: [ServiceExporter]
    private let system: BookingSystem
    private let activity: Activity
    private let traffic: Traffic

    /// A fleet that sends to the collector of the settings.
    /// - Parameter group: Event loops to use; the fleet makes one loop of its own where there is none.
    public convenience init(_ settings: Settings = Settings(), group: (any EventLoopGroup)? = nil) {
        let loops = group ?? MultiThreadedEventLoopGroup(numberOfThreads: 1)
        self.init(settings, loops: loops, ownsLoops: group == nil, export: nil)
    }

    /// A fleet without a network: every batch goes to `export`, which may be called for several services at once.
    public convenience init(
        _ settings: Settings, export: @escaping @Sendable (ExportBatch) async -> ExportOutcome
    ) {
        self.init(settings, loops: nil, ownsLoops: false, export: export)
    }

    private init(
        _ settings: Settings, loops: (any EventLoopGroup)?, ownsLoops: Bool,
        export: (@Sendable (ExportBatch) async -> ExportOutcome)?
    ) {
        self.settings = settings
        group = loops
        ownsGroup = ownsLoops
        activity = Activity()
        let ids = IDSource()
        var connections: [CollectorConnection] = []
        var exporters: [ServiceExporter] = []
        system = BookingSystem(settings, ids: ids, activity: activity) { resource in
            let send: @Sendable (ExportBatch) async -> ExportOutcome
            if let export {
                send = export
            } else if let loops {
                let connection = CollectorConnection(host: settings.host, port: settings.port, group: loops)
                connections.append(connection)
                send = { await connection.post($0.body) }
            } else {
                send = { _ in .unreachable }
            }
            let exporter = ServiceExporter(resource, instance: ids.uuid(), export: send)
            exporters.append(exporter)
            return Tracer(service: resource.name, ids: ids, queue: exporter.queue)
        }
        self.connections = connections
        self.exporters = exporters
        traffic = Traffic(settings, ids: ids, activity: activity)
    }

    /// Runs until the settings' duration is over, `stop()` is called, or the task is cancelled. What is under way then
    /// is finished first (for as long as the settings say, not after a cancellation), and the last spans are sent (for about two
    /// seconds, where the collector does not answer).
    ///
    /// A fleet runs once.
    public func run() async {
        var hangUp: Task<Void, Never>?
        await withDiscardingTaskGroup { exporting in
            for exporter in exporters { exporting.addTask { await exporter.run() } }
            await withDiscardingTaskGroup { serving in
                system.serve(in: &serving)
                await withDiscardingTaskGroup { customers in
                    await traffic.run(in: &customers) { [system] in await system.visit($0) }
                    await activity.settle(upTo: settings.settling)
                    customers.cancelAll()
                }
                serving.cancelAll()
            }
            exporting.cancelAll()
            hangUp = Task {
                guard (try? await Task.sleep(for: Self.farewellTime)) != nil else { return }
                await closeConnections()
            }
        }
        hangUp?.cancel()
        await closeConnections()
        if ownsGroup { try? await group?.shutdownGracefully() }
    }

    /// How long a collector that does not answer may hold up the end of a run.
    private static let farewellTime = Duration.seconds(2)

    private func closeConnections() async {
        for connection in connections { await connection.close() }
    }

    /// Lets no more customers in; `run` returns when what is under way is finished.
    public func stop() { traffic.stop() }

    /// What the fleet has done so far.
    public var counters: FleetCounters {
        var counters = FleetCounters()
        traffic.add(to: &counters)
        for exporter in exporters { exporter.add(to: &counters) }
        return counters
    }
}

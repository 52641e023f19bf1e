import Synchronization
import TestSupport
import Testing

@testable import Simulation

/// One run of the whole fleet at a tenth of its time, without a network: what its services sent, decoded.
struct FleetRun: Sendable {
    var spans: [SeenSpan] = []
    var counters = FleetCounters()

    /// Two hundred and forty bookings: as many as a minute of `flowglass demo` has.
    static let minute = Task { try await FleetRun(seed: 1) }

    /// Ends after so many bookings, however long a busy machine takes for them.
    init(seed: UInt64, rate: Double = 80, bookings: Int = 240) async throws {
        let bodies = Mutex<[[UInt8]]>([])
        let fleet = Fleet(Fleet.Settings(rate: rate, seed: seed, pace: 0.1, settling: .seconds(180))) { batch in
            bodies.withLock { $0.append(batch.body) }
            return .accepted
        }
        try await besideBusyTests {
            async let end: Void = fleet.run()
            while fleet.counters.bookings < bookings { try await Task.sleep(for: .milliseconds(20)) }
            fleet.stop()
            await end
        }
        spans = try bodies.withLock { $0 }.flatMap(SeenSpan.decode)
        counters = fleet.counters
    }
}

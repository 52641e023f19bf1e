import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Where a store gets its times from.
public struct StoreClock: Sendable {
    /// Nanoseconds since the Unix epoch, as the machine has them now: they may jump.
    public var wall: @Sendable () -> UInt64
    /// Nanoseconds since some moment, which only go on: also while the machine sleeps, whatever its time is set to.
    public var steady: @Sendable () -> UInt64

    public init(wall: @escaping @Sendable () -> UInt64, steady: @escaping @Sendable () -> UInt64) {
        self.wall = wall
        self.steady = steady
    }

    public static let system = StoreClock(
        wall: { UInt64(max(0, Date().timeIntervalSince1970) * 1e9) },
        steady: {
            var time = timespec()
            clock_gettime(CLOCK_BOOTTIME, &time)
            return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        })
}

/// The time by which the contents of a store grow old: that during which a collector ran, and what passed in between
/// by the machine's clock, but at most a day at a time. A clock that is set a year ahead, and back, or that was wrong
/// while the collector was down, ages nothing by more than that day.
struct StoreAge: Equatable {
    /// What may pass at once while no collector runs, in nanoseconds.
    static let longestGap: UInt64 = 86_400_000_000_000

    /// Nanoseconds; counted from the machine's time when the store was made.
    private(set) var now: UInt64
    private var steady: UInt64

    /// A new store.
    init(_ clock: StoreClock) {
        now = clock.wall()
        steady = clock.steady()
    }

    /// A store that was left at an age, when the machine's clock said `wall`.
    init(_ clock: StoreClock, left age: UInt64, wall: UInt64) {
        let time = clock.wall()
        now = age &+ (time > wall ? min(time - wall, Self.longestGap) : 0)
        steady = clock.steady()
    }

    mutating func advance(_ clock: StoreClock) {
        let time = clock.steady()
        if time > steady { now &+= time - steady }
        steady = time
    }

    var seconds: Int64 { Int64(clamping: now / 1_000_000_000) }
    var hours: Int64 { seconds / 3_600 }

    /// The second and the hour before which things are older than a duration; nil where nothing can be.
    func seconds(before age: Duration?) -> Int64? {
        guard let age else { return nil }
        return seconds &- max(0, age.components.seconds)
    }
}

extension Fleet {
    /// What the fleet does, and where it sends its spans.
    public struct Settings: Sendable, Equatable {
        /// Where the collector listens for OTLP/HTTP.
        public var host: String
        public var port: Int
        /// Bookings a second; taken as 10,000 at most.
        public var rate: Double
        /// Decides what happens to which booking.
        public var seed: UInt64
        /// How long customers keep coming; nil for as long as the fleet runs.
        public var duration: Duration?
        /// How much slower than real time everything but the customers' arrival is; tests use a fraction.
        public var pace: Double
        /// How long the end of a run waits for what is under way.
        public var settling: Duration

        public init(
            host: String = "127.0.0.1", port: Int = 4318, rate: Double = 4, seed: UInt64 = 1,
            duration: Duration? = nil, pace: Double = 1, settling: Duration = .seconds(10)
        ) {
            self.host = host
            self.port = port
            self.rate = rate
            self.seed = seed
            self.duration = duration
            self.pace = pace
            self.settling = settling
        }

        /// The rate as the fleet can keep it.
        var boundedRate: Double { rate.isNaN ? 0.01 : min(max(rate, 0.01), 10_000) }

        /// The pace as clocks can keep it.
        var boundedPace: Double { pace.isNaN ? 1 : min(max(pace, 0), 1_000) }
    }
}

public import TraceModel

extension SpanStore {
    /// How a store behaves.
    public struct Settings: Sendable {
        /// Attributes that carry the correlation ID, strongest first.
        public var correlationAttributes: [String] = []
        /// The routes that the catalog knows.
        public var routes = ChannelRoutes()
        /// How much is kept.
        public var retention = Retention()
        /// Decoded bytes that may wait for a commit; beyond it requests are refused with a time to come back.
        public var pendingByteLimit = 128 << 20
        /// Facts kept for joining, at less than a kilobyte each.
        public var joinCapacity = 250_000
        /// Free space below which nothing is accepted any more, in bytes.
        public var minimumFreeSpace = 16 << 20
        /// Bytes of write-ahead log beyond which it is shortened as soon as no reader holds it.
        public var logLimit = 64 << 20
        public var clock = StoreClock.system
        /// Told what happens, on the store's own thread: it must return soon.
        public var tell: @Sendable (StoreEvent) -> Void = { _ in }

        public init() {}
    }
}

/// What the fleet has done so far.
public struct FleetCounters: Sendable, Equatable {
    /// Bookings that customers began.
    public var bookings = 0
    /// Bookings that were not begun because too many were under way.
    public var shed = 0
    /// Spans that services finished.
    public var spansMade = 0
    /// Spans that the collector acknowledged.
    public var spansSent = 0
    /// Spans given up: no room while the collector was away, refused, or left over at the end.
    public var spansDropped = 0
    /// Export requests, repeated ones included.
    public var requests = 0
    /// Export requests that were repeats.
    public var retries = 0

    public init() {}
}

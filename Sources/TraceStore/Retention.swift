/// How much a store keeps. Spans and figures have ages of their own: figures are small, and worth looking at when their
/// spans are long gone.
///
/// Age counts from the arrival, by a clock that no change of the machine's time moves (`StoreAge`); what a span says
/// about its own time does not matter.
public struct Retention: Sendable, Equatable {
    /// How long requests are kept, with the hops and the lookup of them; nil for ever.
    public var spans: Duration? = .seconds(7 * 86_400)
    /// How long the per-minute figures of edges are kept after their last change; nil for ever.
    public var figures: Duration? = .seconds(90 * 86_400)
    /// Bytes of the store's file; the oldest goes first. Nil for no limit but the disk's.
    public var bytes: Int? = 10 << 30

    /// Figures may take this part of `bytes` (a quarter) before they go; otherwise spans go.
    static let figuresShare = 4

    public init() {}

    public init(spans: Duration?, figures: Duration?, bytes: Int?) {
        self.spans = spans
        self.figures = figures
        self.bytes = bytes
    }
}

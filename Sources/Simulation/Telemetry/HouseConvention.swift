import OTLPCoding

/// What the house's own code adds to the instrumentations' spans, as the catalog's conventions say.
extension ActiveSpan {
    static let correlationAttribute = "app.correlation_id"

    mutating func correlate(with booking: Booking) {
        set(Self.correlationAttribute, .string(booking.correlationID))
    }

    mutating func note(_ key: String, _ number: Int) { set(key, .int(Int64(number))) }
}

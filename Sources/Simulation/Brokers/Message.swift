/// A message as it crosses a channel: the booking it is about, and what the publisher's instrumentation put into its
/// headers.
struct Message: Sendable {
    let booking: Booking
    /// The publishing span.
    let context: TraceContext
    /// Set by the publishing application; empty where it sets none.
    var id = ""
}

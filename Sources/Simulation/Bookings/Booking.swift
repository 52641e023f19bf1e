/// One customer's booking: what is bought, and what will happen to it on its way.
///
/// Everything but the identifiers follows from the seed and the number, whatever the scheduler does.
struct Booking: Sendable {
    enum Client: Sendable { case web, app }

    /// Counted from 0.
    let number: Int
    let client: Client
    let orderID: String
    let concertID: String
    let seats: Int
    /// In won.
    let amount: Int
    /// Goes with every request and message of the booking; no two runs share one.
    private(set) var correlationID: String
    private let seed: UInt64

    /// - Parameters:
    ///   - run: Tells the order numbers of this run from those of others.
    ///   - correlationID: A fresh identifier.
    init(number: Int, seed: UInt64, run: String, correlationID: String) {
        self.number = number
        self.seed = seed
        self.correlationID = correlationID
        var generator = SplitMix64(seed: SplitMix64.mix(seed) &+ UInt64(truncatingIfNeeded: number))
        let waits = Incident.waitsForNotification.strikes(number, seed: seed)
        client = waits || generator.unit() < 0.4 ? .app : .web
        orderID = "O-\(run)-\(number)"
        concertID = "C-\(100 + generator.next() % 60)"
        seats = 1 + Int(generator.next() % 4)
        amount = seats * Int(66 + 11 * (generator.next() % 9)) * 1_000
    }

    /// The same purchase in a request of its own.
    func asRefund(_ correlationID: String) -> Booking {
        var refund = self
        refund.correlationID = correlationID
        return refund
    }

    func meets(_ incident: Incident) -> Bool { incident.strikes(number, seed: seed) }

    /// How long something takes for this booking, in milliseconds: mostly near the lower bound, with a long tail.
    func milliseconds(_ range: ClosedRange<Double>, for moment: Moment, attempt: Int = 1) -> Double {
        let salt = moment.rawValue << 40 ^ UInt64(truncatingIfNeeded: attempt) << 56
        var generator = SplitMix64(seed: SplitMix64.mix(seed ^ salt) &+ UInt64(truncatingIfNeeded: number))
        let unit = generator.unit()
        return range.lowerBound + (range.upperBound - range.lowerBound) * unit * unit * unit
    }
}

/// The places where a booking takes time.
enum Moment: UInt64, Sendable {
    case network = 1
    case think, gateway, balance, authorise, cancel, release, orderRow, announce, arrival, fetch, notify, settle, deduct
    case ledgerRow, planTicket, issueTicket, showSeats, export, changeOfMind
}

/// What is out of the ordinary about some bookings.
///
/// Each incident strikes once in every run of `period` bookings, at a place that the seed decides: rare enough to look
/// like life, regular enough that a minute at four bookings a second shows all of them.
enum Incident: UInt64, CaseIterable, Sendable {
    /// The app waits until the notification went out: the gateway polls the order.
    case waitsForNotification = 1
    /// The customer takes the booking back a little later.
    case refunded
    /// Settlement fails at the first attempt; the queue delivers again.
    case settlementFails
    /// The card issuer says no.
    case paymentDeclined
    /// Settlement is slower than its queue's visibility timeout: the message is delivered a second time, and both
    /// deliveries succeed.
    case settlementTwice
    /// The ticket worker fails at the first attempt and puts the job back.
    case ticketWorkerFails
    /// The ledger cannot write the payment and sends it to its dead-letter topic.
    case ledgerGivesUp
    /// The ticket service cannot make a job of the seats and sends them to its dead-letter topic.
    case ticketGivesUp

    /// One booking in so many.
    var period: Int {
        switch self {
        case .waitsForNotification: 5
        case .refunded: 12
        case .settlementFails: 37
        case .paymentDeclined: 29
        case .settlementTwice: 43
        case .ticketWorkerFails: 47
        case .ledgerGivesUp: 97
        case .ticketGivesUp: 101
        }
    }

    /// Whether it strikes the booking with this number (counted from 0).
    func strikes(_ number: Int, seed: UInt64) -> Bool {
        let turn = UInt64(number / period)
        let place = SplitMix64.mix(seed ^ SplitMix64.mix(rawValue << 32 | turn)) % UInt64(period)
        return number % period == Int(place)
    }
}

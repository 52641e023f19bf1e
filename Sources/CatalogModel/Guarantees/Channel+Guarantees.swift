// What a channel gives: as its entry says, else as its messaging system does.

extension Channel {
    /// How often a message arrives; nil where neither the entry nor its system says.
    public var givenDelivery: Guarantees.Delivery? {
        if let said = delivery.flatMap({ Guarantees.Delivery(rawValue: $0.value) }) { return said }
        guard let guarantees = system?.guarantees else { return nil }
        return fifo == true ? guarantees.fifoDelivery?.value ?? guarantees.delivery.value : guarantees.delivery.value
    }

    /// Whether messages that were handled can be read again; nil where the system is not known.
    public var canReplay: Bool? {
        guard let guarantees = system?.guarantees else { return nil }
        return fifo == true ? guarantees.fifoReplay?.value ?? guarantees.replay.value : guarantees.replay.value
    }

    /// The order that the system keeps: per key on a FIFO channel or a log, total where one partition is all there is;
    /// nil where the system is not known.
    public var givenOrdering: Guarantees.Ordering? {
        guard let guarantees = system?.guarantees else { return nil }
        let ordering =
            fifo == true ? guarantees.fifoOrdering?.value ?? guarantees.ordering.value : guarantees.ordering.value
        return ordering == .perKey && partitions == 1 ? .total : ordering
    }

    /// Why a message may be lost on the channel while nobody handles it; nil where it is kept, or nothing is known.
    public var loss: Loss? {
        if system?.guarantees?.persistence.value == Guarantees.Persistence.none { return .keepsNothing }
        return givenDelivery == .atMostOnce ? .atMostOnce : nil
    }

    /// A way to lose a message.
    public enum Loss: String, Sendable, CaseIterable {
        /// The system has it only for those who listen at that moment.
        case keepsNothing = "keeps-nothing"
        case atMostOnce = "at-most-once"

        /// What a sentence says after the channel's name: `keeps nothing for those who do not listen`.
        public var words: String {
            switch self {
            case .keepsNothing: "keeps nothing for those who do not listen"
            case .atMostOnce: "delivers at most once"
            }
        }
    }
}

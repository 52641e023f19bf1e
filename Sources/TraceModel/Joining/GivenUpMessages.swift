/// Messages of which only one side had come when a joiner forgot them to make room for newer ones. When the other side
/// comes now, the two are not joined any more.
public struct GivenUpMessages: Sendable, Equatable {
    /// Handled, and nobody was seen to publish them.
    public var withoutPublisher = 0
    /// Published, and nobody was seen to handle them: usual where a subscriber sends no spans.
    public var withoutSubscriber = 0

    public init() {}

    public var count: Int { withoutPublisher + withoutSubscriber }

    public static func += (left: inout GivenUpMessages, right: GivenUpMessages) {
        left.withoutPublisher += right.withoutPublisher
        left.withoutSubscriber += right.withoutSubscriber
    }
}

extension Joiner {
    /// Notes the message that a fact belongs to, if the fact is the first of its unit, one side is missing, and nothing of
    /// the unit is kept: each message is noted once.
    func note(_ index: Int, isKept: [Bool], _ givenUp: inout GivenUpMessages) {
        for number in units(of: index) {
            let unit = units[number]
            if facts[index].role == .publish {
                guard unit.deliveries.isEmpty, unit.producers.first == index,
                    unit.producers.allSatisfy({ !isKept[$0] })
                else { continue }
                givenUp.withoutSubscriber += unhandledMessages(of: unit)
            } else if facts[index].role.consumes {
                guard unit.producers.isEmpty, unit.deliveries.first?.consumer == index,
                    unit.deliveries.allSatisfy({ !isKept[$0.consumer] })
                else { continue }
                givenUp.withoutPublisher += 1
            }
        }
    }
}

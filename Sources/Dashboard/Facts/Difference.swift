import FlowMatching

/// How what is written and what is seen differ, in the words of the screens.
enum Difference: Sendable, Equatable {
    /// Only spans know it.
    case undocumented
    /// Only the catalog knows it.
    case unobserved

    init?(isDocumented: Bool, isObserved: Bool) {
        switch (isDocumented, isObserved) {
        case (false, _): self = .undocumented
        case (true, false): self = .unobserved
        case (true, true): return nil
        }
    }

    var words: String {
        switch self {
        case .undocumented: "undocumented"
        case .unobserved: "not observed"
        }
    }
}

extension FlowEdge {
    var difference: Difference? { Difference(isDocumented: isDocumented, isObserved: isObserved) }
}

extension ChannelNode {
    var difference: Difference? { Difference(isDocumented: isDocumented, isObserved: isObserved) }
}

extension ServiceNode {
    var difference: Difference? { Difference(isDocumented: isDocumented, isObserved: isObserved) }
}

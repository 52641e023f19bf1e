import FlowMatching

/// How what is written and what is seen differ, in the words of the screens.
enum Difference: Sendable, Equatable {
    /// Only spans know it.
    case undocumented
    /// Only references of the catalog know it: they name what it does not define.
    case undefined
    /// Only the catalog knows it.
    case unobserved

    init?(isDocumented: Bool, isObserved: Bool) {
        switch (isDocumented, isObserved) {
        case (false, true): self = .undocumented
        case (false, false): self = .undefined
        case (true, false): self = .unobserved
        case (true, true): return nil
        }
    }

    /// Whether the catalog does not define it.
    var lacksDefinition: Bool { self != .unobserved }

    var words: String {
        switch self {
        case .undocumented: "undocumented"
        case .undefined: "not defined"
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

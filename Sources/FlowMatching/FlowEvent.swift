public import CatalogModel
import TraceModel

/// Something that a flow expects or a conversation shows: `ticket handles order.completed`, in the catalog's names.
public struct FlowEvent: Sendable, Hashable, CustomStringConvertible {
    public var action: Flow.Step.Action
    public var service: String
    /// The called service, or the channel.
    public var target: String

    public init(_ action: Flow.Step.Action, _ service: String, _ target: String) {
        self.action = action
        self.service = service
        self.target = target
    }

    init(_ step: Flow.Step) { self.init(step.action, step.service.value, step.target.value) }

    /// The edge that it goes along.
    public var ends: EdgeEnds {
        switch action {
        case .calls: EdgeEnds(.calls, service, target)
        case .publishes: EdgeEnds(.publishes, service, target)
        case .handles: EdgeEnds(.consumes, target, service)
        }
    }

    public var description: String { "\(service) \(action) \(target)" }
}

public import CatalogModel

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

    public var description: String { "\(service) \(action) \(target)" }
}

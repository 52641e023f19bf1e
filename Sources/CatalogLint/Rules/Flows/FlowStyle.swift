import CatalogModel

extension Flow {
    /// Whether nobody directs the flow: it says so, or it says nothing and names no orchestrator.
    var isChoreography: Bool { style?.value == .choreography || style == nil && orchestrator == nil }
}

public import SourceDiagnostics

/// A deployable part of the system, or something outside that talks to it.
///
/// What it says is kept behind one reference, as that of a ``Channel``.
public struct Service: Sendable, Equatable {
    private struct Fields: Sendable, Equatable {
        var name: String
        var span: SourceSpan
        var documentation: Documentation = Documentation()
        var telemetryNames: [Located<String>] = []
        var replicas: Int?
        var discovery: String?
        var calls: [Call] = []
        var publishes: [Publication] = []
        var subscribes: [Subscription] = []
    }

    private var shared: Shared<Fields>
    public var kind: ServiceKind = .service

    public init(name: String, span: SourceSpan) { shared = Shared(Fields(name: name, span: span)) }

    public var name: String {
        get { shared.value.name }
        set { shared.value.name = newValue }
    }

    /// Where the name is defined.
    public var span: SourceSpan {
        get { shared.value.span }
        set { shared.value.span = newValue }
    }

    public var documentation: Documentation {
        get { shared.value.documentation }
        set { shared.value.documentation = newValue }
    }

    /// The `service.name` values its spans carry, when they differ from the name.
    public var telemetryNames: [Located<String>] {
        get { shared.value.telemetryNames }
        _modify { yield &shared.value.telemetryNames }
    }

    public var replicas: Int? {
        get { shared.value.replicas }
        set { shared.value.replicas = newValue }
    }

    public var discovery: String? {
        get { shared.value.discovery }
        set { shared.value.discovery = newValue }
    }

    public var calls: [Call] {
        get { shared.value.calls }
        _modify { yield &shared.value.calls }
    }

    public var publishes: [Publication] {
        get { shared.value.publishes }
        _modify { yield &shared.value.publishes }
    }

    public var subscribes: [Subscription] {
        get { shared.value.subscribes }
        _modify { yield &shared.value.subscribes }
    }
}

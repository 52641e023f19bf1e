public import SourceDiagnostics

// The rest of what a blast radius is made of: messages, channels, flows, owners.

extension BlastRadius {
    /// Messages that cannot go on: at a subscriber that stops, or at a publisher whose channel does.
    public struct Backlog: Sendable, Equatable {
        public enum Side: String, Sendable { case subscriber, publisher }

        public var service: String
        public var channel: String
        public var side: Side
        /// Nil where the messages are kept: in the channel, or in the publisher's outbox.
        public var loss: Channel.Loss?
        /// How long they are kept, where the catalog says so.
        public var keptFor: Duration?
        /// How long the subscriber says that it may be down.
        public var maxDowntime: Duration?
        /// Other services that handle the same messages meanwhile: consumers of the same queue or group.
        public var takenOverBy: [String] = []
        /// Where the service names the channel.
        public var span: SourceSpan
    }

    /// A channel that is affected.
    public struct ChannelImpact: Sendable, Equatable {
        public enum Effect: String, Sendable {
            /// It is what stops, or runs on it.
            case stops
            /// Nobody publishes to it any more.
            case silent
            /// Some of its publishers are not affected.
            case reduced
        }

        public var channel: String
        public var effect: Effect
    }

    /// A flow that is affected.
    public struct FlowImpact: Sendable, Equatable {
        public var flow: String
        /// The worst of its steps: it stops where that is `fails`, `fails-fast` or `loses`.
        public var effect: Effect
        /// The steps that are affected, in order, up to the one at which the flow stops.
        public var steps: [StepImpact]

        /// Whether later steps are not reached.
        public var stops: Bool { effect < .waits }
        /// The step that says it best: where it stops, else where it is affected first.
        public var decisive: StepImpact? { steps.first { $0.effect == effect } }
    }

    /// One step of a flow that is affected.
    public struct StepImpact: Sendable, Equatable {
        /// From 1.
        public var number: Int
        public var step: Flow.Step
        public var effect: Effect
        /// Why, in a clause: `'payment' does not answer`.
        public var reason: String
    }

    /// Somebody to ask.
    public struct OwnerImpact: Sendable, Equatable {
        /// Nil for what nobody is named for.
        public var owner: String?
        /// What is theirs and affected: what stops first, then services, then flows.
        public var owned: [CatalogNode]
        /// The worst effect on it; nil where they own what stops.
        public var effect: Effect?
        /// What becomes of each of `owned`; of what stops nothing is said.
        public var effects: [CatalogNode: Effect] = [:]

        /// `owned` by what becomes of it, worst first: what stops has no effect.
        public var groups: [(effect: Effect?, owned: [CatalogNode])] {
            owned.reduce(into: []) { groups, node in
                if let last = groups.indices.last, groups[last].effect == effects[node] {
                    groups[last].owned.append(node)
                } else {
                    groups.append((effects[node], [node]))
                }
            }
        }
    }
}

/// What a request may ask of its reader.
public struct OTLPLimits: Sendable, Equatable {
    /// Messages inside messages, counted from the request. 100 is the limit of the protobuf libraries.
    public var depth = 100
    /// Attributes, links, events, spans and resources of one request, each kind by itself. An attribute may take two
    /// bytes on the wire and takes 24 in memory, so the size of a request alone does not bound what it needs.
    public var elements = 4_194_304

    public init() {}
}

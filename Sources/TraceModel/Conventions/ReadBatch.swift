public import OTLPCoding

/// A batch, and what the conventions table reads out of its spans: one that is looked at several times is read once.
public struct ReadBatch: Sendable {
    public let batch: OTLPBatch
    /// The service of each of the batch's resources.
    let services: [String]
    /// One for each of the batch's spans.
    let readings: [SpanReading]

    /// The spans for which `isWanted` holds, with everything about them.
    public func spans(where isWanted: (OTLPBatch.SpanView, SpanReading) -> Bool) -> [Span] {
        // Spans of one resource share its attributes.
        var resources = [[Attribute]?](repeating: nil, count: batch.resources.count)
        return batch.spans.indices.compactMap { index in
            let view = batch.spans[index]
            guard isWanted(view, readings[index]) else { return nil }
            let attributes =
                resources[view.resource]
                ?? batch.attributes[batch.resources[view.resource].attributes].map { batch.attribute($0) }
            resources[view.resource] = attributes
            return Span(
                view, in: batch, service: services[view.resource], resourceAttributes: attributes,
                reading: readings[index])
        }
    }
}

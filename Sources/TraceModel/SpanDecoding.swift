import OTLPCoding

extension OTLPBatch {
    /// A value as text: strings as they are, numbers in decimal, the first element of a list; empty for the rest.
    func text(_ value: ValueView) -> String {
        switch value {
        case .string(let range): string(range)
        case .int(let number): String(number)
        case .bool(let truth): truth ? "true" : "false"
        case .double(let number): String(number)
        case .array(let range): elements(of: range).first.map { text($0) } ?? ""
        case .bytes, .map, .empty: ""
        }
    }

    func attribute(_ view: AttributeView) -> Attribute { Attribute(string(view.key), value(view.value)) }
}

extension Span {
    /// Everything that a request says about one span.
    init(
        _ view: OTLPBatch.SpanView, in batch: OTLPBatch, service: String, resourceAttributes: [Attribute],
        reading: SpanReading
    ) {
        self.init(
            trace: view.trace, id: view.span, parent: view.parent, kind: view.kind, name: batch.string(view.name),
            service: service, start: view.start, end: view.end, status: view.status,
            statusMessage: batch.string(view.statusMessage), scope: batch.string(view.scopeName),
            attributes: batch.attributes[view.attributes].map { batch.attribute($0) },
            resourceAttributes: resourceAttributes,
            events: batch.events(of: view).map { event in
                SpanEvent(
                    name: batch.string(event.name), time: event.time,
                    attributes: event.attributes.map { batch.attribute($0) })
            },
            links: batch.links[view.links].map { link in
                SpanLink(
                    trace: link.trace, span: link.span,
                    attributes: batch.attributes[link.attributes].map { batch.attribute($0) })
            },
            reading: reading)
    }
}

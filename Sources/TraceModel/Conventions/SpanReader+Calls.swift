import OTLPCoding

extension SpanReader {
    /// Reads one side of a synchronous call. Only a route or a template names an operation: paths have no bound.
    func readCall(_ span: OTLPBatch.SpanView, in batch: OTLPBatch, into reading: inout SpanReading) {
        switch span.kind {
        case .server: reading.role = .server
        case .client where !has(.database): reading.role = .client
        default: return
        }
        let rpcSystem = text(.rpcSystem, in: batch)
        if !rpcSystem.isEmpty {
            let method = text(.rpcMethod, in: batch)
            let service = text(.rpcService, in: batch)
            reading.system = rpcSystem
            // Since 1.39 the method is fully qualified; before, the span name is (`/pkg.Service/Method`).
            reading.operation = service.isEmpty || method.contains("/") ? method : "\(service)/\(method)"
            if reading.operation.isEmpty { reading.operation = qualifiedMethod(inSpanName: batch.string(span.name)) }
        } else if has(.graphqlType) || has(.graphqlName) {
            reading.system = "graphql"
            reading.operation = words(text(.graphqlType, in: batch), text(.graphqlName, in: batch))
        } else if has(.httpMethod) {
            reading.system = "rest"
            reading.operation = words(text(.httpMethod, in: batch), text(.httpRoute, in: batch))
        }
        reading.peer = text(.peer, in: batch)
    }

    /// With a space between them, where neither is empty.
    private func words(_ first: String, _ second: String) -> String {
        if first.isEmpty || second.isEmpty { return first + second }
        var words = first
        words.reserveCapacity(first.utf8.count + 1 + second.utf8.count)
        words += " "
        words += second
        return words
    }

    private func qualifiedMethod(inSpanName name: String) -> String {
        let name = name.hasPrefix("/") ? name.dropFirst() : name[...]
        return name.split(separator: "/").count == 2 && !name.contains(" ") ? String(name) : ""
    }
}

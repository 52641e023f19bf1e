/// Gathers spans of other formats by the service and the instrumentation that made them.
struct SpansByResource {
    private struct Place: Hashable {
        var resource: Int
        var scope: String
    }

    private var resources: [String: Int] = [:]
    private var scopes: [Place: Int] = [:]
    private(set) var request = OTLPRequest()

    /// - Parameter resource: Attributes beside `service.name`; those of a service's first span are taken.
    mutating func add(
        _ span: OTLPSpan, service: String, scope: String, resource: @autoclosure () -> [(String, OTLPValue)] = []
    ) {
        let index: Int
        if let known = resources[service] {
            index = known
        } else {
            index = request.resources.count
            resources[service] = index
            let name: [(String, OTLPValue)] = service.isEmpty ? [] : [("service.name", .string(service))]
            request.resources.append(OTLPResource(attributes: name + resource().filter { $0.0 != "service.name" }))
        }
        let place = Place(resource: index, scope: scope)
        if let known = scopes[place] {
            request.resources[index].scopes[known].spans.append(span)
        } else {
            scopes[place] = request.resources[index].scopes.count
            request.resources[index].scopes.append(OTLPScope(name: scope, spans: [span]))
        }
    }
}

/// Ids that other formats write with fewer digits: 1 to 32 hexadecimal digits, zeros in front left out. What is no id
/// is zero, which a batch counts as rejected.
func traceID(short text: String?) -> TraceID {
    TraceID(hex: padded(text, to: 32)) ?? TraceID(high: 0, low: 0)
}

func spanID(short text: String?) -> SpanID { SpanID(hex: padded(text, to: 16)) ?? SpanID(bits: 0) }

private func padded(_ text: String?, to count: Int) -> String {
    guard let text, !text.isEmpty, text.utf8.count <= count else { return "" }
    return String(repeating: "0", count: count - text.utf8.count) + text
}

/// Microseconds as nanoseconds, held within 64 bits.
func nanoseconds(micro: UInt64) -> UInt64 {
    let (value, overflow) = micro.multipliedReportingOverflow(by: 1_000)
    return overflow ? .max : value
}

/// `earlier + duration`, held within 64 bits.
func later(_ start: UInt64, by duration: UInt64) -> UInt64 {
    let (value, overflow) = start.addingReportingOverflow(duration)
    return overflow ? .max : value
}

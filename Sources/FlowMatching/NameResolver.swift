public import CatalogModel

/// From the names that spans show to the names of the catalog.
///
/// A service is known by its name or its `telemetry-names`, a channel likewise; a channel's telemetry names may be
/// ARNs, URLs (their last part counts) and templates such as `order.{region}.completed`, where a brace stands for any
/// text without a dot, slash or colon.
public struct NameResolver: Sendable {
    private var services: [String: String] = [:]
    private var channels: [String: String] = [:]
    private var templates: [(parts: [Substring], name: String)] = []

    public init(_ catalog: Catalog) {
        for service in catalog.services {
            for alias in service.telemetryNames where services[alias.value] == nil {
                services[alias.value] = service.name
            }
        }
        for channel in catalog.channels {
            for alias in channel.telemetryNames {
                let name = Self.lastPart(of: alias.value)
                if name.contains("{") {
                    templates.append((Self.literalParts(of: name), channel.name))
                } else if channels[name] == nil {
                    channels[name] = channel.name
                }
            }
        }
        // A thing's own name always means itself.
        for service in catalog.services { services[service.name] = service.name }
        for channel in catalog.channels { channels[channel.name] = channel.name }
    }

    /// The catalog's name of a service; the observed name where the catalog does not know it.
    public func service(_ observed: String) -> String { services[observed] ?? observed }

    /// The catalog's name of a channel; the observed name where the catalog does not know it.
    public func channel(_ observed: String) -> String {
        if let name = channels[observed] { return name }
        return templates.first { Self.matches(observed[...], $0.parts) }?.name ?? observed
    }

    /// What the catalog calls the channel or service that spans, ARNs and URLs know by another name; nil where it is no
    /// telemetry name of any.
    public func name(ofTelemetry name: String) -> String? {
        let known = [channel(name), channel(Self.lastPart(of: name)), service(name)]
        return known.first { $0 != name && $0 != Self.lastPart(of: name) }
    }

    /// The names that spans may show for each end of a documented route, for joining.
    public func telemetryNames(of channel: Channel) -> [String] {
        [channel.name] + channel.telemetryNames.map { Self.lastPart(of: $0.value) }.filter { !$0.contains("{") }
    }

    /// ARNs and URLs are observed by their last part.
    private static func lastPart(of name: String) -> String {
        if name.hasPrefix("arn:"), let colon = name.lastIndex(of: ":") {
            return String(name[name.index(after: colon)...])
        }
        if name.hasPrefix("http://") || name.hasPrefix("https://"), let slash = name.lastIndex(of: "/") {
            return String(name[name.index(after: slash)...])
        }
        return name
    }

    /// `order.{region}.completed` is `order.`, `.completed`.
    private static func literalParts(of template: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append(rest[..<open])
            rest = rest[rest.index(after: close)...]
        }
        return parts + [rest]
    }

    private static func matches(_ name: Substring, _ parts: [Substring]) -> Bool {
        guard let first = parts.first, name.hasPrefix(first) else { return false }
        var rest = name.dropFirst(first.count)
        for (index, part) in parts.enumerated().dropFirst() {
            let isLast = index == parts.count - 1
            let hole = rest.prefix { $0 != "." && $0 != "/" && $0 != ":" }
            if part.isEmpty && isLast { return hole.count == rest.count && !hole.isEmpty }
            var length = 1
            while length <= hole.count, !rest.dropFirst(length).hasPrefix(part) { length += 1 }
            guard length <= hole.count else { return false }
            rest = rest.dropFirst(length + part.count)
        }
        return rest.isEmpty
    }
}

import CatalogModel
import SourceDiagnostics

/// What is known of a name, as Markdown for a hover.
struct FactSheet {
    let catalog: Catalog
    let graph: CatalogGraph

    /// Nil where nothing of this name is defined and it is no messaging system.
    func text(of node: CatalogNode) -> String? {
        switch node.kind {
        case .service: catalog.service(named: node.name).map(text)
        case .channel: catalog.channel(named: node.name).map(text)
        case .message: catalog.message(named: node.name).map(text)
        case .flow: catalog.flow(named: node.name).map(text)
        case .broker: broker(node.name)
        }
    }

    private func heading(_ name: String, _ kind: String, _ documentation: Documentation?) -> [String] {
        var lines = ["**\(hoverText(name))** — \(hoverText(kind))"]
        if let title = documentation?.title { lines[0] += " · \(hoverText(title))" }
        if let description = documentation?.description { lines.append(hoverText(description)) }
        if let owner = documentation?.owner { lines.append("owner: \(hoverText(owner))") }
        return lines
    }

    private func text(_ service: Service) -> String {
        var lines = heading(service.name, service.kind.rawValue, service.documentation)
        var facts: [String] = []
        func list(_ title: String, _ names: [String]) {
            let unique = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            if !unique.isEmpty { facts.append("- \(title): \(names: unique)") }
        }
        list("publishes", service.publishes.map(\.channel.value))
        list("subscribes to", service.subscribes.map(\.channel.value))
        list("calls", service.calls.map(\.service.value))
        list("called by", graph.callers(of: service.name).map { catalog.services[$0.service].name })
        if !facts.isEmpty { lines.append(facts.joined(separator: "\n")) }
        return lines.joined(separator: "\n\n")
    }

    private func text(_ channel: Channel) -> String {
        let system =
            channel.system.map { " on \($0.title)" } ?? channel.broker.map { " on \($0.value)" } ?? ""
        var lines = heading(channel.name, channel.kind.rawValue + system, channel.documentation)
        var facts: [String] = []
        let publishers = graph.senders(to: channel.name).map { catalog.services[$0.service].name }
        facts.append(
            "- published by: \(publishers.isEmpty ? "nobody" : "\(names: Self.unique(publishers))")")
        let subscribers = graph.reached(from: channel.name).flatMap { name in
            graph.subscribers(of: name).map { use in
                catalog.services[use.service].name + (name == channel.name ? "" : " (through \(name))")
            }
        }
        facts.append(
            "- subscribed by: \(subscribers.isEmpty ? "nobody" : "\(names: Self.unique(subscribers))")")
        if !channel.messages.isEmpty {
            facts.append("- carries: \(names: channel.messages.map(\.value))")
        }
        if let deadLetter = channel.deadLetter {
            facts.append("- dead letters go to: \(names: [deadLetter.value])")
        }
        lines.append(facts.joined(separator: "\n"))
        if let promise = promise(of: channel) { lines.append(promise) }
        if let deprecated = channel.deprecated {
            let use = deprecated.use.map { ", use `\($0.value)`" } ?? ""
            lines.append(
                "**deprecated**" + (deprecated.sunset.map { ", goes away on \($0.value)" } ?? "") + use)
        }
        return lines.joined(separator: "\n\n")
    }

    private static func unique(_ names: [String]) -> [String] {
        names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    }

    /// `at-least-once · order per-key · kept for 7d · replay`
    private func promise(of channel: Channel) -> String? {
        var parts: [String] = []
        if let delivery = channel.givenDelivery { parts.append(delivery.rawValue) }
        if let ordering = channel.ordering?.value ?? channel.givenOrdering?.rawValue {
            parts.append("order \(ordering)")
        }
        if let retention = channel.retention {
            parts.append("kept for \(retention.value.catalogText)")
        } else if let persistence = channel.system?.guarantees?.persistence.value {
            parts.append("messages kept: \(persistence.rawValue)")
        }
        if let guarantees = channel.system?.guarantees {
            parts.append(guarantees.replay.value ? "replay" : "no replay")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    private func text(_ message: Message) -> String {
        let version = message.version.map { " version \($0)" } ?? ""
        var lines = heading(message.name, "message" + version, message.documentation)
        func isIt(_ reference: Located<String>?) -> Bool {
            reference.map { MessageName($0.value, in: graph).name == message.name } ?? false
        }
        var facts: [String] = []
        if let schema = message.schema { facts.append("- schema: \(names: [schema.value])") }
        if let compatibility = message.compatibility {
            facts.append("- compatibility: \(compatibility)")
        }
        let publishers = catalog.services.filter { $0.publishes.contains { isIt($0.message) } }.map(
            \.name)
        let subscribers = catalog.services.filter { $0.subscribes.contains { isIt($0.message) } }.map(
            \.name)
        let channels = catalog.channels.filter { $0.messages.contains { isIt($0) } }.map(\.name)
        if !publishers.isEmpty { facts.append("- published by: \(names: publishers)") }
        if !subscribers.isEmpty { facts.append("- expected by: \(names: subscribers)") }
        if !channels.isEmpty { facts.append("- carried by: \(names: channels)") }
        if !facts.isEmpty { lines.append(facts.joined(separator: "\n")) }
        return lines.joined(separator: "\n\n")
    }

    private func text(_ flow: Flow) -> String {
        var lines = heading(flow.name, flow.style?.value.rawValue ?? "flow", flow.documentation)
        let steps = flow.steps.enumerated().map { number, step in
            let sentence = "\(step.service.value) \(step.action.rawValue) \(step.target.value)"
            return "\(number + 1). " + hoverText(sentence)
        }
        if !steps.isEmpty { lines.append(steps.joined(separator: "\n")) }
        return lines.joined(separator: "\n\n")
    }

    private func broker(_ name: String) -> String? {
        let broker = catalog.broker(named: name)
        guard let system = broker?.system ?? MessagingSystem(rawValue: name) else { return nil }
        var lines = ["**\(hoverText(name))** — \(broker == nil ? "" : "broker, ")\(system.title)"]
        if let url = broker?.url { lines.append(hoverText(url)) }
        if let description = broker?.description { lines.append(hoverText(description)) }
        let channels = catalog.channels.filter { $0.broker?.value == name }.map(\.name)
        if !channels.isEmpty { lines.append("carries \(names: channels)") }
        if let guarantees = system.guarantees {
            lines.append(
                """
                - delivery: \(guarantees.delivery.value.rawValue), at most \(guarantees.strongestDelivery.value.rawValue)
                - ordering: \(guarantees.ordering.value.rawValue)
                - messages kept: \(guarantees.persistence.value.rawValue)
                - replay: \(guarantees.replay.value ? "yes" : "no") · fan-out: \(guarantees.fanOut.value ? "yes" : "no")
                """)
        }
        return lines.joined(separator: "\n\n")
    }
}

extension String.StringInterpolation {
    /// `a`, `b` and 12 others: names as Markdown.
    mutating func appendInterpolation(names: [String]) {
        let shown = names.prefix(12).map { hoverText($0) }.joined(separator: ", ")
        appendLiteral(names.count > 12 ? "\(shown) and \(names.count - 12) others" : shown)
    }
}

import CatalogModel

extension Catalog {
    /// The same catalog with other names; every place stays what it was.
    func renaming(services: [String: String], channels: [String: String]) -> Catalog {
        guard !services.isEmpty || !channels.isEmpty else { return self }
        func service(_ name: inout Located<String>) { name.value = services[name.value] ?? name.value }
        func channel(_ name: inout Located<String>) { name.value = channels[name.value] ?? name.value }
        func optional(_ name: inout Located<String>?) {
            if let known = name { name?.value = channels[known.value] ?? known.value }
        }
        var result = self
        for index in result.services.indices {
            result.services[index].name = services[result.services[index].name] ?? result.services[index].name
            for entry in result.services[index].calls.indices { service(&result.services[index].calls[entry].service) }
            for entry in result.services[index].publishes.indices {
                channel(&result.services[index].publishes[entry].channel)
                switch result.services[index].publishes[entry].awaits {
                case .reply(var reply):
                    channel(&reply)
                    result.services[index].publishes[entry].awaits = .reply(reply)
                case .polls(var polled, let every):
                    service(&polled)
                    result.services[index].publishes[entry].awaits = .polls(polled, every: every)
                case nil: break
                }
            }
            for entry in result.services[index].subscribes.indices {
                channel(&result.services[index].subscribes[entry].channel)
                optional(&result.services[index].subscribes[entry].deadLetter)
            }
        }
        for index in result.channels.indices {
            result.channels[index].name = channels[result.channels[index].name] ?? result.channels[index].name
            for entry in result.channels[index].deliversTo.indices {
                channel(&result.channels[index].deliversTo[entry].channel)
            }
            optional(&result.channels[index].deadLetter)
            if let use = result.channels[index].deprecated?.use {
                result.channels[index].deprecated?.use?.value = channels[use.value] ?? use.value
            }
        }
        for index in result.flows.indices {
            if let orchestrator = result.flows[index].orchestrator {
                result.flows[index].orchestrator?.value = services[orchestrator.value] ?? orchestrator.value
            }
            for step in result.flows[index].steps.indices {
                service(&result.flows[index].steps[step].service)
                if result.flows[index].steps[step].action == .calls {
                    service(&result.flows[index].steps[step].target)
                } else {
                    channel(&result.flows[index].steps[step].target)
                }
            }
        }
        result.sortByName()
        return result
    }
}

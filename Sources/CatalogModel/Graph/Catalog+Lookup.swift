extension Catalog {
    /// - Complexity: O(log services); the lists are sorted by name.
    public func service(named name: String) -> Service? {
        Self.index(of: name, in: services) { $0.name }.map { services[$0] }
    }

    /// - Complexity: O(log channels).
    public func channel(named name: String) -> Channel? {
        Self.index(of: name, in: channels) { $0.name }.map { channels[$0] }
    }

    /// - Complexity: O(log brokers).
    public func broker(named name: String) -> Broker? {
        Self.index(of: name, in: brokers) { $0.name }.map { brokers[$0] }
    }

    /// - Complexity: O(log flows).
    public func flow(named name: String) -> Flow? { Self.index(of: name, in: flows) { $0.name }.map { flows[$0] } }

    /// The message of that name; a reference may add a version, as in `order-completed@2`.
    /// - Complexity: O(log messages).
    public func message(named name: String) -> Message? {
        if let index = Self.index(of: name, in: messages, { $0.name }) { return messages[index] }
        guard let at = name.lastIndex(of: "@") else { return nil }
        return Self.index(of: String(name[..<at]), in: messages) { $0.name }.map { messages[$0] }
    }

    /// Whether a reference, `NAME` or `NAME@VERSION`, means the message of that name, defined or not.
    public func reference(_ reference: String, means name: String) -> Bool {
        reference == name || reference.hasPrefix(name) && message(named: reference)?.name == name
    }

    /// Sorts every list by name, as lookup expects it; for catalogs that were put together by hand.
    public mutating func sortByName() {
        let names = [
            brokers.map(\.name), services.map(\.name), channels.map(\.name), messages.map(\.name), flows.map(\.name),
        ]
        let orders = concurrently(names.count, part: 1) { part in
            part.map { list in
                let names = names[list]
                return names.indices.sorted { names[$0] < names[$1] }
            }
        }
        brokers = orders[0].map { brokers[$0] }
        services = orders[1].map { services[$0] }
        channels = orders[2].map { channels[$0] }
        messages = orders[3].map { messages[$0] }
        flows = orders[4].map { flows[$0] }
    }

    @inline(__always)
    private static func index<Element>(
        of name: String, in list: [Element], _ nameOf: (borrowing Element) -> String
    ) -> Int? {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if nameOf(list[middle]) < name { low = middle + 1 } else { high = middle }
        }
        return low < list.count && nameOf(list[low]) == name ? low : nil
    }
}

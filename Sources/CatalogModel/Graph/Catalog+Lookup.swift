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
        brokers = Self.sorted(brokers) { $0.name }
        services = Self.sorted(services) { $0.name }
        channels = Self.sorted(channels) { $0.name }
        messages = Self.sorted(messages) { $0.name }
        flows = Self.sorted(flows) { $0.name }
    }

    /// Each element is moved once, however often its name is compared: they are large.
    private static func sorted<Element>(_ list: [Element], _ nameOf: (Element) -> String) -> [Element] {
        let names = list.map(nameOf)
        return names.indices.sorted { names[$0] < names[$1] }.map { list[$0] }
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

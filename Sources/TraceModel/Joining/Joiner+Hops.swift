import OTLPCoding

extension Joiner {
    /// What a unit says, as a function of the facts in it.
    func hops(of index: Int) -> [JoinedHop] {
        var hops: [JoinedHop] = []
        appendHops(of: index, to: &hops)
        return hops
    }

    func appendHops(of index: Int, to hops: inout [JoinedHop]) {
        let unit = units[index]
        if let call = unit.call {
            if let hop = hopOfCall(call) { hops.append(hop) }
            return
        }
        guard !unit.producers.isEmpty || !unit.deliveries.isEmpty else { return }
        let publication = publication(of: unit)
        if let hop = publication.flatMap({ hopOfPublication($0, unit) }) { hops.append(hop) }
        appendHopsOfDeliveries(unit, index, publication, to: &hops)
    }

    // MARK: - Calls

    private func hopOfCall(_ index: Int) -> JoinedHop? {
        facts[index].role == .server ? hopOfServedCall(index) : hopOfUnservedCall(index)
    }

    private func hopOfServedCall(_ index: Int) -> JoinedHop? {
        let served = facts[index]
        guard let callerIndex = fact(of: served.parentKey), callerIndex != index else { return nil }
        let caller = facts[callerIndex]
        guard caller.role == .client || (caller.role != .publish && caller.service != served.service) else {
            return nil
        }
        var hop = JoinedHop(
            edge: JoinedHop.Edge(
                kind: .calls, from: caller.service, to: served.service,
                system: served.system != 0 ? served.system : caller.system,
                detail: served.operation != 0 ? served.operation : caller.operation, isTemporary: false),
            time: served.start, trace: served.key.trace.low)
        hop.fromFact = Int32(callerIndex)
        hop.toFact = Int32(index)
        hop.isError = served.isError || caller.isError
        hop.wait = difference(served.start, caller.start)
        hop.work = served.duration
        return hop
    }

    /// A call whose other side sends no spans, where the caller says whom it calls.
    private func hopOfUnservedCall(_ index: Int) -> JoinedHop? {
        let caller = facts[index]
        let isServed = isReferred(caller.key) {
            facts[$0].role == .server && facts[$0].parentKey == caller.key
        }
        guard caller.peer != 0, !isServed else { return nil }
        var hop = JoinedHop(
            edge: JoinedHop.Edge(
                kind: .calls, from: caller.service, to: caller.peer, system: caller.system, detail: caller.operation,
                isTemporary: false),
            time: caller.start, trace: caller.key.trace.low)
        hop.fromFact = Int32(index)
        hop.isError = caller.isError
        hop.work = caller.duration
        return hop
    }

    // MARK: - Messages

    /// The publish that a unit's producer spans tell of together.
    private struct Publication {
        var first: Int
        var channel: UInt32
        var system: UInt32
        var isTemporary: Bool
    }

    private func publication(of unit: Unit) -> Publication? {
        let ordered = inOrder(unit.producers) { $0 }
        guard let first = ordered.first else { return nil }
        let named = ordered.first { facts[$0].channel != 0 }
        return Publication(
            first: first, channel: named.map { facts[$0].channel } ?? 0,
            system: ordered.first { facts[$0].system != 0 }.map { facts[$0].system } ?? 0,
            isTemporary: named.map { facts[$0].isTemporary } ?? false)
    }

    private func hopOfPublication(_ publication: Publication, _ unit: Unit) -> JoinedHop? {
        let fact = facts[publication.first]
        let messages = messages(of: unit)
        guard publication.channel != 0, messages > 0 else { return nil }
        var hop = JoinedHop(
            edge: JoinedHop.Edge(
                kind: .publishes, from: fact.service, to: publication.channel, system: publication.system, detail: 0,
                isTemporary: publication.isTemporary),
            time: fact.start, trace: fact.key.trace.low)
        hop.fromFact = Int32(publication.first)
        hop.messages = messages
        hop.isError = unit.producers.contains { facts[$0].isError }
        hop.work = fact.duration
        for producer in unit.producers {
            hop.firstSeen = min(hop.firstSeen, facts[producer].start)
            hop.lastSeen = max(hop.lastSeen, facts[producer].start)
        }
        return hop
    }

    /// How many messages a unit published, where that can be said.
    func unhandledMessages(of unit: Unit) -> Int {
        publication(of: unit).flatMap { hopOfPublication($0, unit) }.map { Int($0.messages) } ?? 0
    }

    /// How many messages a publish sends that have no spans of their own: a batch says how many it has, and links to
    /// those that were made before (semantic conventions 1.24 and later, Azure SDK).
    private func messages(of unit: Unit) -> Int32 {
        var batch: Int32 = 0
        var created: Int32 = 0
        for index in unit.producers {
            let producer = facts[index]
            batch = max(batch, producer.batch)
            for link in links(of: producer) where link.trace == producer.key.trace {
                guard let message = fact(of: link), facts[message].role == .publish,
                    facts[message].service == producer.service, facts[message].unit != producer.unit
                else { continue }
                created += 1
            }
        }
        return created == 0 ? max(1, batch) : max(0, batch - created)
    }

    /// Who handles a message, through which channel.
    private struct Receiver: Comparable {
        var service: UInt32
        var channel: UInt32
        var group: UInt32

        static func < (left: Receiver, right: Receiver) -> Bool {
            (left.service, left.channel, left.group) < (right.service, right.channel, right.group)
        }
    }

    private func appendHopsOfDeliveries(
        _ unit: Unit, _ index: Int, _ publication: Publication?, to hops: inout [JoinedHop]
    ) {
        var routed: Set<UInt32> = []
        var left = deliveriesByReceiver(of: unit, index, publication)[...]
        while let receiver = left.first?.by {
            let deliveries = left.prefix { $0.by == receiver }.map(\.delivery)
            left = left.dropFirst(deliveries.count)
            appendAttempts(
                deliveries, receiver: receiver, publication,
                areCounted: unit.deliveries.count > Unit.maximumDeliveries, to: &hops)
            guard let publication, publication.channel != 0, receiver.channel != publication.channel,
                routed.insert(receiver.channel).inserted
            else { continue }
            let producer = facts[publication.first]
            var hop = JoinedHop(
                edge: JoinedHop.Edge(
                    kind: .delivers, from: publication.channel, to: receiver.channel, system: publication.system,
                    detail: 0, isTemporary: publication.isTemporary),
                time: producer.start, trace: producer.key.trace.low)
            hop.fromFact = Int32(publication.first)
            hops.append(hop)
        }
    }

    /// A unit's deliveries by receiver, in a stable order. Where one instrumentation of a service names the channel or
    /// the group and another does not, both tell of the same receiver; and what is processed within its `receive` was
    /// taken from where that says.
    private func deliveriesByReceiver(
        of unit: Unit, _ index: Int, _ publication: Publication?
    ) -> [(by: Receiver, delivery: Delivery)] {
        let (channels, groups) = namesOfReceivers(unit)
        var received: [(by: Receiver, delivery: Delivery)] = []
        received.reserveCapacity(unit.deliveries.count)
        for delivery in unit.deliveries {
            let fact = taker(of: delivery.consumer, in: index)
            var channel = fact.channel != 0 ? fact.channel : channels[fact.service] ?? 0
            if channel == 0 { channel = publication?.channel ?? 0 }
            guard channel != 0 else { continue }
            let group = fact.group != 0 ? fact.group : groups[fact.service] ?? 0
            received.append((Receiver(service: fact.service, channel: channel, group: group), delivery))
        }
        received.sort { $0.by < $1.by }
        return received
    }

    /// The channel and the group that any of a service's spans names; empty where each span names its own.
    private func namesOfReceivers(_ unit: Unit) -> (channels: [UInt32: UInt32], groups: [UInt32: UInt32]) {
        var (channels, groups): ([UInt32: UInt32], [UInt32: UInt32]) = ([:], [:])
        let isIncomplete = unit.deliveries.contains {
            facts[$0.consumer].channel == 0 || facts[$0.consumer].group == 0
        }
        guard unit.deliveries.count > 1, isIncomplete else { return (channels, groups) }
        for delivery in unit.deliveries {
            let fact = facts[delivery.consumer]
            channels[fact.service] = smaller(channels[fact.service] ?? 0, fact.channel)
            groups[fact.service] = smaller(groups[fact.service] ?? 0, fact.group)
        }
        return (channels, groups)
    }

    /// The `receive` that a `process` is part of, where both are of the same message; else the span itself.
    private func taker(of consumer: Int, in unit: Int) -> Fact {
        let fact = facts[consumer]
        guard fact.role == .process, let parent = self.fact(of: fact.parentKey), facts[parent].role == .receive,
            facts[parent].service == fact.service, facts[parent].channel != 0,
            attachments[parent].contains(where: { $0.unit == unit })
        else { return fact }
        return facts[parent]
    }

    /// The name that sorts first, an empty one last: a choice that does not depend on arrival.
    private func smaller(_ left: UInt32, _ right: UInt32) -> UInt32 {
        if left == right || right == 0 { return left }
        return left == 0 || symbols.text(of: right) < symbols.text(of: left) ? right : left
    }

    private func appendAttempts(
        _ deliveries: [Delivery], receiver: Receiver, _ publication: Publication?, areCounted: Bool,
        to hops: inout [JoinedHop]
    ) {
        let speaking = speakers(among: deliveries)
        var (firstStart, lastStart): (UInt64, UInt64) = (.max, 0)
        for delivery in deliveries {
            firstStart = min(firstStart, facts[delivery.consumer].start)
            lastStart = max(lastStart, facts[delivery.consumer].start)
        }
        if areCounted {
            hops += counted(speaking, receiver, publication, firstSeen: firstStart, lastSeen: lastStart)
            return
        }
        var attempts: [UInt64: Int] = [:]
        var handled: Set<UInt64> = []
        for delivery in inOrder(speaking, \.consumer) {
            let fact = facts[delivery.consumer]
            if speaking.count > 1 { attempts[fact.message, default: 0] += 1 }
            var hop = JoinedHop(
                edge: JoinedHop.Edge(
                    kind: .consumes, from: receiver.channel, to: receiver.service,
                    system: fact.system != 0 ? fact.system : publication?.system ?? 0, detail: receiver.group,
                    isTemporary: fact.isTemporary),
                time: fact.start, trace: fact.key.trace.low)
            hop.fromFact = publication.map { Int32($0.first) } ?? -1
            hop.toFact = Int32(delivery.consumer)
            hop.evidence = delivery.evidence
            hop.attempt = attempts[fact.message] ?? 1
            hop.isDuplicate = handled.contains(fact.message)
            hop.isError = fact.isError
            hop.wait = publication.map { difference(fact.start, facts[$0.first].start) }
            hop.work = fact.duration
            hop.firstSeen = firstStart
            hop.lastSeen = lastStart
            if speaking.count > 1, !fact.isError { handled.insert(fact.message) }
            hops.append(hop)
        }
    }

    /// Several instrumentations of one service each tell of the same deliveries, and `receive` and `process` of one
    /// message are one delivery: the class of spans (scope and role) with the most of them speaks for all.
    private func speakers(among deliveries: [Delivery]) -> [Delivery] {
        guard deliveries.count > 1 else { return deliveries }
        struct Class: Hashable {
            var scope: UInt32
            var role: SpanRole
        }
        let classes = Dictionary(grouping: deliveries) {
            Class(scope: facts[$0.consumer].scope, role: facts[$0.consumer].role)
        }
        let speaking = classes.max { left, right in
            if left.value.count != right.value.count { return left.value.count < right.value.count }
            if left.key.role != right.key.role { return right.key.role == .process }
            return symbols.text(of: left.key.scope) > symbols.text(of: right.key.scope)
        }
        return speaking?.value ?? []
    }

    /// Very many deliveries of one message: how many, not which. First attempts are as many as there are message ids.
    private func counted(
        _ deliveries: [Delivery], _ receiver: Receiver, _ publication: Publication?, firstSeen: UInt64,
        lastSeen: UInt64
    ) -> [JoinedHop] {
        struct Outcome: Hashable {
            var evidence: JoinEvidence?
            var isError: Bool
        }
        var counts: [Outcome: Int32] = [:]
        var messages: Set<UInt64> = []
        for delivery in deliveries {
            let fact = facts[delivery.consumer]
            counts[Outcome(evidence: delivery.evidence, isError: fact.isError), default: 0] += 1
            messages.insert(fact.message)
        }
        var firsts = Int32(clamping: messages.count)
        let outcomes = counts.sorted {
            ($0.key.isError ? 1 : 0, $0.key.evidence?.rawValue ?? "") < (
                $1.key.isError ? 1 : 0, $1.key.evidence?.rawValue ?? ""
            )
        }
        var hops: [JoinedHop] = []
        for (outcome, count) in outcomes {
            let first = min(firsts, count)
            firsts -= first
            for (attempt, messages) in [(1, first), (2, count - first)] where messages > 0 {
                var hop = JoinedHop(
                    edge: JoinedHop.Edge(
                        kind: .consumes, from: receiver.channel, to: receiver.service,
                        system: publication?.system ?? smallestSystem(of: deliveries), detail: receiver.group,
                        isTemporary: deliveries.contains { facts[$0.consumer].isTemporary }),
                    time: publication.map { facts[$0.first].start } ?? firstSeen,
                    trace: publication.map { facts[$0.first].key.trace.low } ?? 0)
                hop.fromFact = publication.map { Int32($0.first) } ?? -1
                (hop.evidence, hop.isError, hop.attempt) = (outcome.evidence, outcome.isError, attempt)
                (hop.messages, hop.firstSeen, hop.lastSeen) = (messages, firstSeen, lastSeen)
                hops.append(hop)
            }
        }
        return hops
    }

    private func smallestSystem(of deliveries: [Delivery]) -> UInt32 {
        deliveries.reduce(0) { smaller($0, facts[$1.consumer].system) }
    }

    /// By the start of a fact, earliest first. Most often there is one: sorting it would copy the joiner.
    private func inOrder<Element>(_ elements: [Element], _ fact: (Element) -> Int) -> [Element] {
        guard elements.count > 1 else { return elements }
        let facts = facts
        return elements.sorted {
            let (left, right) = (fact($0), fact($1))
            return (facts[left].start, facts[left].key) < (facts[right].start, facts[right].key)
        }
    }

    /// `later - earlier`, held within what 64 bits can say.
    private func difference(_ later: UInt64, _ earlier: UInt64) -> Int64 {
        later >= earlier ? Int64(clamping: later - earlier) : -Int64(clamping: earlier - later)
    }
}

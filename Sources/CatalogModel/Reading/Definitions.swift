import SourceDiagnostics

// Values that were read, as the catalog's types.

extension Documentation {
    init(_ fields: Fields) {
        self.init()
        title = fields.text(.title) ?? fields.text(.name)
        description = fields.text(.description)
        owner = fields.text(.owner)
        domain = fields.text(.domain)
        repository = fields.text(.repository)
        let links = fields.texts(.links)
        self.links = links.map(\.value)
        linkSpans = links.map(\.span)
        tags = fields.texts(.tags).map(\.value)
    }
}

extension Service {
    init(_ entry: Entry, _ reader: inout CatalogReader) {
        let fields = entry.fields
        self.init(name: entry.name.value, span: entry.name.span)
        documentation = Documentation(fields)
        kind = fields.text(.kind).flatMap(ServiceKind.init(rawValue:)) ?? .service
        telemetryNames = fields.texts(.telemetryNames)
        replicas = fields.count(.replicas)
        discovery = fields.text(.discovery)
        calls = fields.maps(.calls).compactMap(Call.init)
        publishes = fields.maps(.publishes).compactMap { Publication($0, &reader, of: entry.name.value) }
        subscribes = fields.maps(.subscribes).compactMap(Subscription.init)
    }
}

extension Call {
    init?(_ fields: Fields) {
        guard let service = fields.located(.service) else { return nil }
        self.init(service: service)
        self.protocol = fields.located(.protocol)
        operation = fields.text(.operation)
        purpose = fields.text(.purpose)
        needs = fields.located(.needs)
        timeout = fields.duration(.timeout)?.value
        retries = fields.count(.retries)
        onFailure = fields.text(.onFailure)
        batching = fields.text(.batching)
    }
}

extension Publication {
    init?(_ fields: Fields, _ reader: inout CatalogReader, of service: String) {
        guard let channel = fields.located(.channel) else { return nil }
        self.init(channel: channel)
        message = fields.located(.message)
        key = fields.text(.key)
        outbox = fields.flag(.outbox)?.value
        when = fields.text(.when)
        guard let awaits = fields.map(.awaits) else { return }
        switch (awaits.located(.reply), awaits.located(.polls)) {
        case (let reply?, nil): self.awaits = .reply(reply)
        case (nil, let polls?): self.awaits = .polls(polls, every: awaits.duration(.every)?.value)
        case (nil, nil) where awaits.broken.contains { $0 == .reply || $0 == .polls }: break
        default:
            reader.report(
                "missing-key", "'awaits' of service '\(service)' needs either 'reply' or 'polls'", awaits.span,
                label: "says not what it waits for", help: "write {reply: CHANNEL} or {polls: SERVICE, every: 200ms}")
        }
    }
}

extension Subscription {
    init?(_ fields: Fields) {
        guard let channel = fields.located(.channel) else { return nil }
        self.init(channel: channel)
        group = fields.text(.group)
        message = fields.located(.message)
        idempotent = fields.flag(.idempotent)
        retries = fields.count(.retries)
        deadLetter = fields.located(.deadLetter)
        maxDowntime = fields.duration(.maxDowntime)
        guard let needs = fields.map(.needs) else { return }
        self.needs.within = needs.duration(.within)
        self.needs.ordering = needs.flag(.ordering)
        self.needs.replay = needs.flag(.replay)
        self.needs.durable = needs.flag(.durable)
    }
}

extension Channel {
    init(_ entry: Entry, kind: Kind) {
        let fields = entry.fields
        self.init(name: entry.name.value, span: entry.name.span, kind: kind)
        documentation = Documentation(fields)
        broker = fields.located(.broker)
        messages = fields.texts(.messages)
        ordering = fields.located(.ordering)
        delivery = fields.located(.delivery)
        retention = fields.duration(.retention)
        partitions = fields.count(.partitions)
        fifo = fields.flag(.fifo)?.value
        telemetryNames = fields.texts(.telemetryNames)
        needs = fields.texts(.needs)
        deliversTo = fields.maps(.deliversTo).compactMap { route in
            route.located(.channel).map { Route(channel: $0, filter: route.text(.filter)) }
        }
        deadLetter = fields.located(.deadLetter)
        maxReceives = fields.count(.maxReceives)
        visibilityTimeout = fields.duration(.visibilityTimeout)?.value
        if let map = fields.map(.deprecated) {
            var deprecation = Deprecation()
            deprecation.since = map.text(.since)
            deprecation.sunset = map.located(.sunset)
            deprecation.use = map.located(.use)
            deprecated = deprecation
        }
    }
}

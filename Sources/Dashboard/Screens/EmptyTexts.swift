import TraceModel

/// What empty screens say: what would fill them.
enum EmptyTexts {
    static func system(_ noun: String, in model: DashboardModel) -> [String] {
        guard model.hasData else { return ["reading the catalog and the stored spans"] }
        return ["no \(noun) is known yet"] + catalog(in: model) + spans(in: model)
    }

    /// What an empty list of conversations says.
    static func conversations(in model: DashboardModel) -> [String] {
        guard model.hasData else { return ["reading the stored spans"] }
        guard let until = model.until else { return ["no conversation was seen yet"] + spans(in: model) }
        return [
            "no conversation had begun by \(model.momentText(until))",
            "\(model.key("later")) looks later, \(model.key("now")) at what happens now",
        ]
    }

    static func spans(in model: DashboardModel) -> [String] {
        guard let address = model.facts.snapshot.health.listening.first else {
            return ["no collector listens here: `flowglass collect` starts one"]
        }
        return [
            "waiting for spans on \(address); let services send them there:",
            "  OTEL_EXPORTER_OTLP_ENDPOINT=http://\(address)",
            "  OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        ]
    }

    private static func catalog(in model: DashboardModel) -> [String] {
        let path = model.settings.catalogPath
        guard model.facts.hasCatalog else {
            return ["there is no catalog at \(path): `flowglass init` writes a first one"]
        }
        return ["the catalog in \(path) describes none"]
    }
}

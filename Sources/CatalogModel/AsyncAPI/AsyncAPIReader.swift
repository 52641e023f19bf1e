import SourceDiagnostics

/// AsyncAPI 2.x and 3.x: one document describes one application, which becomes one service with its channels and
/// messages. What it sends becomes `publishes`, what it receives `subscribes`.
///
/// The service is named after `info.title`, in kebab-case, or after `x-flowglass-service` where that stands at the top.
struct AsyncAPIReader: DocumentReader {
    func accepts(_ tree: YAMLTree) -> Bool {
        tree.documents.first.flatMap { tree.value(of: "asyncapi", in: $0) } != nil
    }

    func read(_ source: SourceFile, _ tree: YAMLTree, _ folder: DocumentFolder) -> CatalogFragment {
        let document = AsyncAPIDocument(source: source, tree: tree, folder: folder)
        var fragment = CatalogFragment(source: source)
        fragment.describesApplication = true
        read(document, into: &fragment)
        document.noteReferencedFiles()
        fragment.diagnostics = document.diagnostics
        fragment.referencedFiles = document.referencedFiles
        return fragment
    }

    private func read(_ document: AsyncAPIDocument, into fragment: inout CatalogFragment) {
        guard let version = document.text("asyncapi", of: document.root) else { return }
        let isVersion2 = version.value.hasPrefix("2.")
        guard isVersion2 || version.value.hasPrefix("3.") else {
            document.report(
                Diagnostic(
                    rule: "invalid-value", severity: .error,
                    message: "AsyncAPI '\(version.value)' is not read, only 2.x and 3.x are", span: version.span,
                    label: "another version"))
            return
        }
        guard var service = application(document, version) else { return }
        var channels = AsyncAPIChannels(document)
        if isVersion2 {
            readVersion2(document, &channels, &service)
        } else {
            readVersion3(document, &channels, &service)
        }
        service.calls = document.calls
        fragment.services = [service]
        fragment.channels = channels.channels
        fragment.messages = channels.messages
    }

    /// The service that the document describes, without its edges.
    private func application(_ document: AsyncAPIDocument, _ version: Located<String>) -> Service? {
        let info = document.value("info", of: document.root)
        let title = document.text("title", of: info)
        let named = document.text("x-flowglass-service", of: document.root)
        let name = named?.value ?? title.map { serviceName(ofTitle: $0.value) } ?? ""
        guard let span = (named ?? title)?.span, !name.isEmpty else {
            document.report(
                Diagnostic(
                    rule: "missing-key", severity: .error,
                    message: "an AsyncAPI document needs 'info.title', which names its service",
                    span: version.span, label: "whose document is this?"))
            return nil
        }
        var service = Service(name: name, span: span)
        service.documentation.title = title?.value
        service.documentation.description = document.text("description", of: info)?.value
        let contact = document.value("contact", of: info)
        service.documentation.owner = (document.text("name", of: contact) ?? document.text("email", of: contact))?.value
        let tags = document.value("tags", of: info) ?? document.value("tags", of: document.root)
        service.documentation.tags = document.elements(of: tags).compactMap { document.text("name", of: $0)?.value }
        let external = document.value("externalDocs", of: info) ?? document.value("externalDocs", of: document.root)
        if let link = document.text("url", of: external) {
            service.documentation.links = [link.value]
            service.documentation.linkSpans = [link.span]
        }
        return service
    }

    // MARK: 2.x

    /// In 2.x the words are the reader's: `publish` is what others may publish, so the application receives it.
    private func readVersion2(
        _ document: AsyncAPIDocument, _ channels: inout AsyncAPIChannels, _ service: inout Service
    ) {
        for (key, item) in document.entries(of: document.value("channels", of: document.root)) {
            guard item.kind == .mapping else { continue }
            let name = channels.add(name: key, address: key.value, item)
            for (verb, operation) in document.entries(of: item)
            where verb.value == "publish" || verb.value == "subscribe" {
                let message = channels.addMessages(document.value("message", of: operation), to: name)
                channels.addBindings(of: operation, to: name)
                if verb.value == "publish" {
                    var subscription = Subscription(channel: Located(name, verb.span))
                    subscription.message = message
                    subscription.group = channels.group(of: operation)
                    service.subscribes.append(subscription)
                } else {
                    var publication = Publication(channel: Located(name, verb.span))
                    publication.message = message
                    service.publishes.append(publication)
                }
            }
        }
    }

    // MARK: 3.x

    private func readVersion3(
        _ document: AsyncAPIDocument, _ channels: inout AsyncAPIChannels, _ service: inout Service
    ) {
        let items = document.entries(of: document.value("channels", of: document.root)).filter {
            $0.value.kind == .mapping
        }
        let addresses = Dictionary(
            grouping: items.compactMap { document.text("address", of: $0.value)?.value }, by: { $0 })
        for (id, item) in items {
            // Several channels at one address are told apart by their ids.
            let address = document.text("address", of: item)?.value
            let isOwn = address.map { $0 != "/" && addresses[$0]?.count == 1 } ?? false
            let given = document.text("x-flowglass-name", of: item)?.value
            let name = channels.add(
                name: Located(given ?? (isOwn ? address ?? id.value : id.value), id.span), address: address, item)
            _ = channels.addMessages(document.value("messages", of: item), to: name)
        }
        for (id, operation) in document.entries(of: document.value("operations", of: document.root)) {
            read(id, operation, document, &channels, &service)
        }
    }

    private func read(
        _ id: Located<String>, _ operation: AsyncAPIDocument.Node, _ document: AsyncAPIDocument,
        _ channels: inout AsyncAPIChannels, _ service: inout Service
    ) {
        guard let action = document.text("action", of: operation),
            let reference = document.reference("channel", of: operation)
        else {
            let missing = document.text("action", of: operation) == nil ? "action" : "channel"
            document.report(
                Diagnostic(
                    rule: "missing-key", severity: .error, message: "operation '\(id.value)' needs '\(missing)'",
                    span: id.span,
                    label: "has no '\(missing)'"))
            return
        }
        guard let channel = channels.name(of: document.value("channel", of: operation)) else { return }
        let target = Located(channel, reference.span)
        let message = channels.addMessages(document.value("messages", of: operation), to: channel)
        channels.addBindings(of: operation, to: channel)
        let reply = document.value("reply", of: operation)
        let replyChannel = document.reference("channel", of: reply).flatMap { reference in
            channels.name(of: document.value("channel", of: reply)).map { Located($0, reference.span) }
        }
        switch action.value {
        case "send":
            var publication = Publication(channel: target)
            publication.message = message
            publication.awaits = replyChannel.map(Publication.Awaits.reply)
            service.publishes.append(publication)
            if let replyChannel { service.subscribes.append(Subscription(channel: replyChannel)) }
        case "receive":
            var subscription = Subscription(channel: target)
            subscription.message = message
            subscription.group = channels.group(of: operation)
            service.subscribes.append(subscription)
            if let replyChannel { service.publishes.append(Publication(channel: replyChannel)) }
        default:
            document.report(
                Diagnostic(
                    rule: "invalid-value", severity: .error,
                    message:
                        "'action' of operation '\(id.value)' must be send or receive, and '\(action.value)' is not",
                    span: action.span, label: "neither send nor receive"))
        }
    }
}

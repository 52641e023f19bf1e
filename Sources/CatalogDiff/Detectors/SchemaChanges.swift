import CatalogModel
import SourceDiagnostics

/// Schema files of messages, compared property by property, and judged by what the message promises.
///
/// Backward compatible means that who has the new schema can read what was written by the old one; forward compatible,
/// that who has the old schema can read what is written by the new one (docs.confluent.io, "Schema Evolution and
/// Compatibility").
struct SchemaChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        context.pairs(context.old.messages, context.new.messages) { $0.name }.both.flatMap { old, new in
            changes(old, new, context)
        }
    }

    private func changes(_ old: Message, _ new: Message, _ context: DiffContext) -> [CatalogChange] {
        let node = CatalogNode(.message, new.name)
        guard let before = old.schema else { return [] }
        guard let after = new.schema else {
            let use = MessageUse(new.name, context.newGraph)
            return [
                CatalogChange(
                    .schemaChanged, use.subscribers.isEmpty ? .safe : .risky, node,
                    "message '\(new.name)' no longer has a schema",
                    affected: use.subscribers.sorted().map { context.party($0, .subscriber) }, before: before.span,
                    after: new.span)
            ]
        }
        // URLs are never fetched.
        guard let oldPath = before.localPath, let newPath = after.localPath else { return [] }
        guard let oldFile = context.oldFile(oldPath) else { return [] }
        guard let newFile = context.newFile(newPath) else {
            let use = MessageUse(new.name, context.newGraph)
            return [
                unreadable(
                    "the schema of message '\(new.name)' cannot be read: \(newPath) is not there", new, use, context,
                    before: before.span, after: after.span)
            ]
        }
        guard oldFile.bytes != newFile.bytes else { return [] }
        let use = MessageUse(new.name, context.newGraph)
        let parsed = [oldFile, newFile].map(LocatedData.parse)
        if let problem = parsed[1].problem ?? parsed[0].problem, let span = problem.span {
            let isNew = parsed[1].problem != nil
            return [
                unreadable(
                    "the schema of message '\(new.name)' cannot be compared: \(problem.message)", new, use, context,
                    before: isNew ? before.span : span, after: isNew ? span : after.span)
            ]
        }
        guard let oldShape = parsed[0].data.flatMap(SchemaShape.read),
            let newShape = parsed[1].data.flatMap(SchemaShape.read)
        else {
            return [
                unreadable(
                    "the schema of message '\(new.name)' changed, and only JSON Schema and Avro are compared", new, use,
                    context, before: before.span, after: after.span)
            ]
        }
        let differences = SchemaComparison(from: oldShape, to: newShape).differences
        if differences.isEmpty {
            return [
                CatalogChange(
                    .schemaChanged, .safe, node, "the schema of message '\(new.name)' says the same in other words",
                    before: oldShape.span, after: newShape.span)
            ]
        }
        return differences.map { change($0, old, new, use, context) }
    }

    private func change(
        _ difference: SchemaDifference, _ old: Message, _ new: Message, _ use: MessageUse, _ context: DiffContext
    ) -> CatalogChange {
        let promise = (old.compatibility ?? new.compatibility)?.replacing("-transitive", with: "")
        let readers = use.subscribers.sorted().map { context.party($0, .subscriber) }
        let writers = use.publishers.sorted().map { context.party($0, .publisher) }
        var impact = CatalogChange.Impact.safe
        var affected: [CatalogChange.Party] = []
        var reasons: [String] = []
        if difference.breaksOldReaders {
            impact = min(impact, promise == "forward" || promise == "full" || promise == nil ? .breaking : .risky)
            affected += readers
            reasons.append("subscribers with the old schema cannot read it")
        }
        if difference.breaksNewReaders {
            impact = min(impact, promise == "backward" || promise == "full" ? .breaking : .risky)
            affected += writers
            reasons.append("what publishers send by the old schema cannot be read")
        }
        if affected.isEmpty { impact = max(impact, .risky) }
        let reason = reasons.isEmpty ? "" : "; " + reasons.joined(separator: ", and ")
        let promised = impact == .breaking ? promise.map { " (compatibility: \($0))" } ?? "" : ""
        return CatalogChange(
            .schemaChanged, reasons.isEmpty ? .safe : impact, CatalogNode(.message, new.name),
            "message '\(new.name)': \(difference.words)\(reason)\(promised)", affected: affected,
            before: difference.before, after: difference.after)
    }

    private func unreadable(
        _ words: String, _ message: Message, _ use: MessageUse, _ context: DiffContext, before: SourceSpan,
        after: SourceSpan
    ) -> CatalogChange {
        CatalogChange(
            .schemaUnreadable, .risky, CatalogNode(.message, message.name), words, affected: use.parties(context),
            before: before, after: after)
    }
}

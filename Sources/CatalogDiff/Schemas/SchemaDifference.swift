import SourceDiagnostics

/// One difference between two schemas of a message.
struct SchemaDifference: Equatable {
    /// `'amount' is a string instead of a number`
    var words: String
    /// Whether somebody with the old schema cannot read what is written by the new one.
    var breaksOldReaders: Bool
    /// Whether somebody with the new schema cannot read what was written by the old one.
    var breaksNewReaders: Bool
    var before: SourceSpan
    var after: SourceSpan
}

/// Compares two shapes, from the outside in.
struct SchemaComparison {
    private(set) var differences: [SchemaDifference] = []

    /// More differences than this say no more than that the schema is another one.
    private static let limit = 200

    init(from old: SchemaShape, to new: SchemaShape) { compare(old, new, path: "") }

    private enum Breaks { case nobody, oldReaders, newReaders, both }

    private mutating func add(_ words: String, _ breaks: Breaks, _ before: SourceSpan, _ after: SourceSpan) {
        guard differences.count < Self.limit else { return }
        differences.append(
            SchemaDifference(
                words: words, breaksOldReaders: breaks == .oldReaders || breaks == .both,
                breaksNewReaders: breaks == .newReaders || breaks == .both, before: before, after: after))
    }

    private mutating func compare(_ old: SchemaShape, _ new: SchemaShape, path: String) {
        guard differences.count < Self.limit, !old.says(new) else { return }
        let what = path.isEmpty ? "the message" : "'\(path)'"
        compareTypes(old, new, what)
        compareValues(old, new, what)
        compareLimits(old, new, what)
        compareConstraints(old, new, what)
        compareProperties(old, new, path, what)
        if let before = old.items?.shape, let after = new.items?.shape { compare(before, after, path: path + "[]") }
        if old.items == nil, new.items != nil {
            add("the elements of \(what) are restricted", .newReaders, old.span, new.span)
        }
        if old.items != nil, new.items == nil {
            add("the elements of \(what) are no longer restricted", .oldReaders, old.span, new.span)
        }
        compareAlternatives(old, new, path, what)
    }

    private mutating func compareTypes(_ old: SchemaShape, _ new: SchemaShape, _ what: String) {
        guard old.types != new.types else { return }
        func accepts(_ types: Set<String>, _ type: String) -> Bool {
            types.isEmpty || types.contains(type) || type == "integer" && types.contains("number")
        }
        let gone = old.types.isEmpty ? !new.types.isEmpty : !old.types.allSatisfy { accepts(new.types, $0) }
        let come = new.types.isEmpty ? !old.types.isEmpty : !new.types.allSatisfy { accepts(old.types, $0) }
        func words(_ types: Set<String>) -> String {
            types.isEmpty ? "anything" : types.sorted().joined(separator: " or ")
        }
        add(
            "\(what) is \(words(new.types)) instead of \(words(old.types))",
            gone && come ? .both : gone ? .newReaders : come ? .oldReaders : .nobody, old.span, new.span)
    }

    private mutating func compareValues(_ old: SchemaShape, _ new: SchemaShape, _ what: String) {
        guard old.values != new.values else { return }
        switch (old.values, new.values) {
        case (let before?, let after?):
            let gone = before.subtracting(after)
            let come = after.subtracting(before)
            if !gone.isEmpty { add("\(what) may no longer be \(Self.words(gone))", .newReaders, old.span, new.span) }
            if !come.isEmpty { add("\(what) may also be \(Self.words(come))", .oldReaders, old.span, new.span) }
        case (nil, let after?): add("\(what) may only be \(Self.words(after))", .newReaders, old.span, new.span)
        default: add("\(what) may be any value", .oldReaders, old.span, new.span)
        }
    }

    private static func words(_ values: Set<String>) -> String {
        let shown = values.sorted().prefix(5).joined(separator: ", ")
        return values.isEmpty ? "nothing" : values.count > 5 ? shown + " …" : shown
    }

    private mutating func compareLimits(_ old: SchemaShape, _ new: SchemaShape, _ what: String) {
        func number(_ value: Double?) -> String { value.map { JSONValue.decimal($0).text() } ?? "none" }
        for key in Set(old.atLeast.keys).union(new.atLeast.keys).sorted() where old.atLeast[key] != new.atLeast[key] {
            let (before, after) = (old.atLeast[key], new.atLeast[key])
            add(
                "\(key) of \(what) is \(number(after)) instead of \(number(before))",
                (after ?? -.infinity) > (before ?? -.infinity) ? .newReaders : .oldReaders, old.span, new.span)
        }
        for key in Set(old.atMost.keys).union(new.atMost.keys).sorted() where old.atMost[key] != new.atMost[key] {
            let (before, after) = (old.atMost[key], new.atMost[key])
            add(
                "\(key) of \(what) is \(number(after)) instead of \(number(before))",
                (after ?? .infinity) < (before ?? .infinity) ? .newReaders : .oldReaders, old.span, new.span)
        }
    }

    private mutating func compareConstraints(_ old: SchemaShape, _ new: SchemaShape, _ what: String) {
        for key in Set(old.constraints.keys).union(new.constraints.keys).sorted() {
            switch (old.constraints[key], new.constraints[key]) {
            case (let before?, let after?) where before != after:
                add("\(key) of \(what) is \(after) instead of \(before)", .both, old.span, new.span)
            case (nil, let after?): add("\(what) has the \(key) \(after)", .newReaders, old.span, new.span)
            case (let before?, nil): add("\(what) no longer has the \(key) \(before)", .oldReaders, old.span, new.span)
            default: break
            }
        }
    }

    private mutating func compareProperties(_ old: SchemaShape, _ new: SchemaShape, _ path: String, _ what: String) {
        for name in Set(old.properties.keys).union(new.properties.keys).sorted() {
            let inner = path.isEmpty ? name : "\(path).\(name)"
            switch (old.properties[name], new.properties[name]) {
            case (let before?, let after?):
                if before.isRequired, !after.isRequired {
                    add("'\(inner)' is no longer required", .oldReaders, before.span, after.span)
                } else if !before.isRequired, after.isRequired {
                    add("'\(inner)' is required now", .newReaders, before.span, after.span)
                }
                compare(before.shape, after.shape, path: inner)
            case (let before?, nil):
                let breaks: Breaks =
                    switch (before.isRequired, new.isClosed) {
                    case (true, true): .both
                    case (true, false): .oldReaders
                    case (false, true): .newReaders
                    case (false, false): .nobody
                    }
                add(
                    "'\(inner)' is gone" + (before.isRequired ? "; it was required" : ""), breaks, before.span, new.span
                )
            case (nil, let after?):
                let breaks: Breaks =
                    switch (after.isRequired, old.isClosed) {
                    case (true, true): .both
                    case (true, false): .newReaders
                    case (false, true): .oldReaders
                    case (false, false): .nobody
                    }
                add("'\(inner)' is new and \(after.isRequired ? "required" : "optional")", breaks, old.span, after.span)
            case (nil, nil): break
            }
        }
        if old.isClosed != new.isClosed {
            add(
                new.isClosed ? "\(what) may have no other properties" : "\(what) may have other properties",
                new.isClosed ? .newReaders : .oldReaders, old.span, new.span)
        }
    }

    private mutating func compareAlternatives(_ old: SchemaShape, _ new: SchemaShape, _ path: String, _ what: String) {
        var gone = old.alternatives
        var come: [SchemaShape] = []
        for alternative in new.alternatives {
            if let index = gone.firstIndex(where: { $0.says(alternative) }) {
                gone.remove(at: index)
            } else {
                come.append(alternative)
            }
        }
        if gone.count == come.count {
            for (before, after) in zip(gone, come) { compare(before, after, path: path) }
            return
        }
        // No alternatives at all lets anything through.
        if !gone.isEmpty {
            add(
                "\(what) has fewer alternatives", new.alternatives.isEmpty ? .oldReaders : .newReaders, old.span,
                new.span)
        }
        if !come.isEmpty {
            add(
                "\(what) has more alternatives", old.alternatives.isEmpty ? .newReaders : .oldReaders, old.span,
                new.span)
        }
    }
}

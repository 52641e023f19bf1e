extension [Diagnostic] {
    /// The findings in the order of every report (``Diagnostic/comesBefore(_:_:)``).
    ///
    /// Each is moved once, and the names of files are compared once a file: a large catalog has findings by the hundred
    /// thousand.
    public func inReportOrder() -> [Diagnostic] {
        let ranks = fileRanks()
        let keys = indices.map { index in
            self[index].span.map {
                PlaceKey(file: ranks[$0.fileIdentity] ?? .max, line: $0.line, column: $0.column, index: index)
            } ?? PlaceKey(file: .max, line: 0, column: 0, index: index)
        }
        return keys.sorted { left, right in
            left.hasPlace(of: right)
                ? Diagnostic.comesBefore(self[left.index], self[right.index]) : left.comesBefore(right)
        }
        .map { self[$0.index] }
    }

    /// The order of the files that the findings are in.
    private func fileRanks() -> [ObjectIdentifier: Int] {
        var files: [ObjectIdentifier: String] = [:]
        var last: ObjectIdentifier?
        for index in indices {
            guard let span = self[index].span, span.fileIdentity != last else { continue }
            last = span.fileIdentity
            files[span.fileIdentity] = span.file
        }
        let sorted = files.sorted { $0.value < $1.value }
        return Dictionary(uniqueKeysWithValues: sorted.indices.map { (sorted[$0].key, $0) })
    }
}

/// Where a finding starts, and which one it is.
private struct PlaceKey {
    var file: Int
    var line: Int
    var column: Int
    var index: Int

    func hasPlace(of other: PlaceKey) -> Bool { file == other.file && line == other.line && column == other.column }

    func comesBefore(_ other: PlaceKey) -> Bool {
        if file != other.file { return file < other.file }
        return line != other.line ? line < other.line : column < other.column
    }
}

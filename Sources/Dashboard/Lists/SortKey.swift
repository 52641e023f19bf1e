/// What a row is sorted by in one column.
enum SortKey: Sendable, Equatable, Comparable {
    /// Nothing to compare: always behind everything else.
    case none
    case number(Double)
    case text(String)

    /// The order on the screen; `none` comes last in either direction.
    static func comesBefore(_ left: SortKey, _ right: SortKey, descending: Bool) -> Bool {
        switch (left, right) {
        case (.none, _): false
        case (_, .none): true
        default: descending ? right < left : left < right
        }
    }
}

/// By which column a list is sorted.
struct SortChoice: Sendable, Equatable {
    var column: Int
    var isDescending: Bool
}

extension TableView {
    private static let markerWidth = 2
    private static let spacing = 2

    /// The columns that have room, with the place of each one's title.
    func columnFrames(in area: Rect, rows: [Row]) -> [(index: Int, frame: Rect)] {
        let room = area.width - Self.markerWidth
        let kept = keptColumns(in: room)
        var widths = kept.map { columns[$0].width.minimum }
        var left = room - widths.reduce(0, +) - Self.spacing * max(0, kept.count - 1)

        // Who needs the least comes first, so that most columns show all that they hold.
        let needs = kept.enumerated().compactMap { place, index -> (place: Int, columns: Int)? in
            guard case .fit(_, let limit) = columns[index].width else { return nil }
            return (place, max(0, min(limit, naturalWidth(of: index, rows: rows)) - widths[place]))
        }
        for need in needs.sorted(by: { ($0.columns, $0.place) < ($1.columns, $1.place) }) where left > 0 {
            let extra = min(left, need.columns)
            widths[need.place] += extra
            left -= extra
        }
        let shares = Length.resolve(kept.map { .fill(columns[$0].width.weight) }, in: left)

        var x = area.x + Self.markerWidth
        return kept.indices.compactMap { place in
            let width = min(widths[place] + shares[place], area.right - x)
            defer { x += width + Self.spacing }
            return width > 0 ? (kept[place], Rect(x: x, y: area.y, width: width, height: 1)) : nil
        }
    }

    /// The indices, in order, of the columns that an area has room for.
    public func columnsWithRoom(in area: Rect) -> [Int] { keptColumns(in: area.width - Self.markerWidth) }

    /// The indices, in order, of the columns that are shown: as many as fit with their least widths, but one at least.
    private func keptColumns(in room: Int) -> [Int] {
        var kept = Array(columns.indices)
        var needed = kept.reduce(0) { $0 + columns[$1].width.minimum } + Self.spacing * max(0, kept.count - 1)
        while needed > room, kept.count > 1 {
            guard
                let loser = kept.indices.min(by: {
                    (columns[kept[$0]].priority, -$0) < (columns[kept[$1]].priority, -$1)
                })
            else { break }
            needed -= columns[kept[loser]].width.minimum + Self.spacing
            kept.remove(at: loser)
        }
        return kept
    }

    private func naturalWidth(of index: Int, rows: [Row]) -> Int {
        let title = StyledText(columns[index].title).width + (columns[index].sort == nil ? 0 : 1)
        return rows.reduce(title) { max($0, index < $1.cells.count ? $1.cells[index].width : 0) }
    }
}

extension TableView.Width {
    fileprivate var minimum: Int {
        switch self {
        case .fixed(let width): max(0, width)
        case .fit(let min, _), .flexible(let min, _): max(0, min)
        }
    }

    fileprivate var weight: Int {
        switch self {
        case .fixed, .fit: 0
        case .flexible(_, let weight): max(0, weight)
        }
    }
}

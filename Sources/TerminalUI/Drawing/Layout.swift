/// How much of a row or column of areas one of them takes.
public enum Length: Sendable, Equatable {
    /// So many cells, or what is left of them.
    case fixed(Int)
    /// A share of what the others leave, by weight.
    case fill(Int = 1)
    /// So many cells or what is left of them, and a share of the rest with weight 1.
    case atLeast(Int)
}

extension Rect {
    /// Areas from top to bottom that together never exceed this one; missing room is taken from the last ones.
    public func split(rows lengths: [Length]) -> [Rect] {
        var top = y
        return Length.resolve(lengths, in: height).map { height in
            defer { top += height }
            return Rect(x: x, y: top, width: width, height: height)
        }
    }

    /// Areas from left to right that together never exceed this one; missing room is taken from the last ones.
    public func split(columns lengths: [Length]) -> [Rect] {
        var left = x
        return Length.resolve(lengths, in: width).map { width in
            defer { left += width }
            return Rect(x: left, y: y, width: width, height: height)
        }
    }
}

extension Length {
    /// The cells for each length. Shares are rounded so that they add up to the whole.
    static func resolve(_ lengths: [Length], in total: Int) -> [Int] {
        var room = max(0, total)
        var sizes = lengths.map { length in
            let wanted = min(room, max(0, length.minimum))
            room -= wanted
            return wanted
        }
        var weightLeft = lengths.reduce(0) { $0 + $1.weight }
        for (index, length) in lengths.enumerated() where length.weight > 0 {
            let share = room * length.weight / weightLeft
            sizes[index] += share
            room -= share
            weightLeft -= length.weight
        }
        return sizes
    }

    private var minimum: Int {
        switch self {
        case .fixed(let cells), .atLeast(let cells): cells
        case .fill: 0
        }
    }

    private var weight: Int {
        switch self {
        case .fixed: 0
        case .fill(let weight): max(0, weight)
        case .atLeast: 1
        }
    }
}

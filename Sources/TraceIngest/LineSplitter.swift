/// Splits pieces of bytes into lines, which may be as long as a limit.
struct LineSplitter {
    /// A line without its end, or the fact that it was too long and is left out.
    enum Line: Equatable {
        case text([UInt8], number: Int)
        case tooLong(number: Int)
    }

    private let limit: Int
    private var pending: [UInt8] = []
    private var position = 0
    /// Bytes before this index hold no line end.
    private var searched = 0
    private var number = 0
    private var skipsRest = false

    init(limit: Int) { self.limit = limit }

    mutating func add(_ piece: [UInt8]) {
        if position > 0 {
            pending.removeFirst(position)
            searched -= position
            position = 0
        }
        pending += piece
    }

    /// The next complete line; nil when more bytes are needed. At the end of the input, what is left is a line.
    mutating func next(atEnd: Bool) -> Line? {
        let end = pending.withUnsafeBufferPointer { buffer in
            buffer[max(searched, position)...].firstIndex(of: UInt8(ascii: "\n"))
        }
        guard let end else {
            searched = pending.count
            return remainder(atEnd: atEnd)
        }
        defer {
            position = end + 1
            searched = end + 1
        }
        if skipsRest {
            skipsRest = false
            return .tooLong(number: number)
        }
        number += 1
        var line = pending[position..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line.count > limit ? .tooLong(number: number) : .text(Array(line), number: number)
    }

    private mutating func remainder(atEnd: Bool) -> Line? {
        if pending.count - position > limit {
            if !skipsRest { number += 1 }
            skipsRest = true
            pending = []
            position = 0
            searched = 0
        }
        guard atEnd else { return nil }
        if skipsRest {
            skipsRest = false
            return .tooLong(number: number)
        }
        guard position < pending.count else { return nil }
        number += 1
        let line = Array(pending[position...])
        pending = []
        position = 0
        searched = 0
        return .text(line, number: number)
    }
}

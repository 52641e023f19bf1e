// Control sequences: `ESC [`, parameters, a final byte.
extension ScreenEmulator {
    mutating func perform(controlSequence bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let final = text.last ?? "?"
        let body = text.dropLast()
        if body.hasPrefix("?"), final == "h" || final == "l" {
            for mode in numbers(body.dropFirst()) { setMode(mode, final == "h") }
            return
        }
        guard body.allSatisfy({ $0.isNumber || $0 == ";" || $0 == ":" }) else {
            // Soft reset, shapes of the cursor, reports of modified keys: nothing that shows.
            if !["!p", " q", ">m"].contains(String(body.suffix(1)) + String(final)) && final != "c" {
                unknown.append("CSI \(text)")
            }
            return
        }
        perform(final, numbers(body), text)
    }

    private mutating func perform(_ final: Character, _ numbers: [Int], _ text: String) {
        let first = numbers.first ?? 0
        let count = max(1, first)
        if !"mbh".contains(final) { wrapsNext = false }
        switch final {
        case "A": y = max(0, y - count)
        case "B": y = min(rows - 1, y + count)
        case "C": x = min(columns - 1, x + count)
        case "D": x = max(0, x - count)
        case "G": x = min(columns, count) - 1
        case "H", "f":
            y = min(rows, count) - 1
            x = min(columns, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
        case "d": y = min(rows, count) - 1
        case "J": eraseScreen(first)
        case "K": eraseLine(first)
        case "X": erase(y, x..<min(columns, x + count))
        case "@": setLine(cells[y][..<x] + Array(repeating: blank, count: count) + cells[y][x...])
        case "P": setLine(cells[y][..<x] + cells[y][min(columns, x + count)...])
        case "L": scroll(by: -count, from: y)
        case "M": scroll(by: count, from: y)
        case "S": scroll(by: count, from: scrollTop)
        case "T": scroll(by: -count, from: scrollTop)
        case "b": repeatLast(count)
        case "r":
            (scrollTop, scrollBottom) = (count - 1, min(rows, numbers.count > 1 ? max(1, numbers[1]) : rows) - 1)
            (x, y) = (0, 0)
        case "m": selectLook(numbers.isEmpty ? [0] : numbers)
        case "h", "l", "t", "g", "c", "n": break
        default: unknown.append("CSI \(text)")
        }
    }

    private func numbers(_ text: Substring) -> [Int] {
        text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    }

    private mutating func setMode(_ mode: Int, _ isOn: Bool) {
        switch mode {
        case 1049, 1047, 47: setAlternate(isOn)
        case 25: isCursorVisible = isOn
        case 1, 7, 12, 1000, 1002, 1003, 1004, 1006, 1034, 2004, 2026, 3, 4, 5, 69: break
        default: unknown.append("mode \(mode)")
        }
        if isOn { modes.insert(mode) } else { modes.remove(mode) }
    }

    private mutating func erase(_ row: Int, _ range: Range<Int>) {
        for column in range { cells[row][column] = blank }
        if range.lowerBound > 0, let last = range.last, last + 1 < columns, cells[row][last + 1].text.isEmpty {
            cells[row][last + 1].text = " "
        }
    }

    private mutating func eraseLine(_ part: Int) {
        erase(y, part == 0 ? x..<columns : part == 1 ? 0..<x + 1 : 0..<columns)
    }

    private mutating func eraseScreen(_ part: Int) {
        if part < 2 { eraseLine(part) }
        for row in part == 0 ? y + 1..<rows : part == 1 ? 0..<y : 0..<rows { cells[row] = blankLine }
    }

    /// Replaces the line of the cursor, fitted to the screen.
    private mutating func setLine(_ line: ArraySlice<Cell>) {
        cells[y] = Array((line + blankLine).prefix(columns))
    }

    private mutating func repeatLast(_ count: Int) {
        let from = wrapsNext ? x : x - 1
        guard from >= 0, let scalar = cells[y][from].text.unicodeScalars.first else { return }
        for _ in 0..<min(count, columns) { print(scalar) }
    }

    private mutating func selectLook(_ numbers: [Int]) {
        var rest = numbers[...]
        while let number = rest.popFirst() {
            switch number {
            case 0: look = Look()
            case 1: look.isBold = true
            case 2: look.isDim = true
            case 4: look.isUnderlined = true
            case 7: look.isReverse = true
            case 22: (look.isBold, look.isDim) = (false, false)
            case 24: look.isUnderlined = false
            case 27: look.isReverse = false
            case 30...37: look.foreground = number - 30
            case 90...97: look.foreground = number - 90 + 8
            case 39: look.foreground = nil
            case 40...47: look.background = number - 40
            case 100...107: look.background = number - 100 + 8
            case 49: look.background = nil
            case 38 where rest.first == 5:
                look.foreground = rest.dropFirst().first
                rest = rest.dropFirst(2)
            case 48 where rest.first == 5:
                look.background = rest.dropFirst().first
                rest = rest.dropFirst(2)
            case 10, 11, 23, 25, 28: break
            default: unknown.append("SGR \(number)")
            }
        }
    }
}

/// Reads a regular expression into a tree.
struct NamePatternParser {
    indirect enum Node {
        case scalar(ScalarSet)
        case sequence([Node])
        case either(Node, Node)
        case repeated(Node, least: Int, most: Int?)
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func parse() throws(NamePattern.Problem) -> Node {
        guard scalars.count <= 1000 else { throw .tooLarge }
        let node = try alternatives()
        if position < scalars.count { throw .unexpected(Character(scalars[position])) }
        return node
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func alternatives() throws(NamePattern.Problem) -> Node {
        var node = try sequence()
        while take("|") { node = .either(node, try sequence()) }
        return node
    }

    private mutating func sequence() throws(NamePattern.Problem) -> Node {
        var nodes: [Node] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if scalar == "^", position == 0 || nodes.isEmpty && depth == 0 {
                position += 1
            } else if scalar == "$", position == scalars.count - 1 {
                position += 1
            } else {
                nodes.append(try repetition())
            }
        }
        return .sequence(nodes)
    }

    private mutating func repetition() throws(NamePattern.Problem) -> Node {
        var node = try atom()
        while let scalar = next {
            switch scalar {
            case "*": node = .repeated(node, least: 0, most: nil)
            case "+": node = .repeated(node, least: 1, most: nil)
            case "?": node = .repeated(node, least: 0, most: 1)
            case "{":
                node = try counted(node)
                continue
            default: return node
            }
            position += 1
        }
        return node
    }

    private mutating func counted(_ node: Node) throws(NamePattern.Problem) -> Node {
        guard let close = scalars[position...].firstIndex(of: "}") else { throw .unclosed("{") }
        let body = String(String.UnicodeScalarView(scalars[(position + 1)..<close]))
        let parts = body.split(separator: ",", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let least = Int(parts[0]), (0...1000).contains(least) else {
            throw .badRange
        }
        var most: Int? = least
        if parts.count == 2 { most = parts[1].isEmpty ? nil : Int(parts[1]) ?? -1 }
        if let most, most < least || most > 1000 { throw .badRange }
        position = close + 1
        return .repeated(node, least: least, most: most)
    }

    private mutating func atom() throws(NamePattern.Problem) -> Node {
        guard let scalar = next else { return .sequence([]) }
        position += 1
        switch scalar {
        case "(":
            if take("?"), !take(":") { throw .unsupported("'(?' other than '(?:'") }
            depth += 1
            guard depth < 50 else { throw .tooLarge }
            let node = try alternatives()
            depth -= 1
            guard take(")") else { throw .unclosed("(") }
            return node
        case "[": return .scalar(try scalarClass())
        case ".": return .scalar(.any)
        case "\\": return .scalar(try escape())
        case "*", "+", "?", "{": throw .nothingToRepeat(Character(scalar))
        case "^", "$": throw .unsupported("'\(scalar)' inside the expression")
        default: return .scalar(.only(scalar))
        }
    }

    private mutating func escape() throws(NamePattern.Problem) -> ScalarSet {
        guard let scalar = next else { throw .unclosed("\\") }
        position += 1
        switch scalar {
        case "d": return .digits
        case "w": return .word
        case "s": return .blank
        case "0"..."9", "a"..."z", "A"..."Z": throw .unsupported("'\\\(scalar)'")
        default: return .only(scalar)
        }
    }

    private mutating func scalarClass() throws(NamePattern.Problem) -> ScalarSet {
        var set = ScalarSet(ranges: [])
        set.isInverted = take("^")
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            position += 1
            var low = ScalarSet.only(scalar)
            if scalar == "\\" { low = try escape() }
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]",
                let from = low.ranges.first?.lowerBound
            else {
                set.ranges += low.ranges
                continue
            }
            position += 1
            var high = ScalarSet.only(scalars[position])
            position += 1
            if scalars[position - 1] == "\\" { high = try escape() }
            guard let to = high.ranges.first?.upperBound, from <= to else { throw .badRange }
            set.ranges.append(from...to)
        }
        guard take("]") else { throw .unclosed("[") }
        return set
    }
}

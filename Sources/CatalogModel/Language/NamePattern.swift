/// A regular expression for whole names, matched in linear time: a catalog cannot make its own check hang.
///
/// It knows literals, `.`, classes (`[a-z가-힣]`, `[^.]`, `\d`, `\w`, `\s`), groups, `|`, `*`, `+`, `?` and `{m,n}`.
/// `^` at the start and `$` at the end change nothing, since the whole name is matched. There are no back references
/// and no lookaround. One character is one Unicode scalar.
public struct NamePattern: Sendable, Equatable {
    private var program: [Instruction]

    enum Instruction: Sendable, Equatable {
        case scalar(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case match
    }

    /// Why a text is not such an expression.
    public enum Problem: Error, Equatable {
        case unclosed(Character)
        case unexpected(Character)
        case nothingToRepeat(Character)
        case badRange
        case unsupported(String)
        case tooLarge

        public var sentence: String {
            switch self {
            case .unclosed(let character): "'\(character)' is never closed"
            case .unexpected(let character): "'\(character)' closes nothing"
            case .nothingToRepeat(let character): "'\(character)' has nothing to repeat"
            case .badRange: "a range must go from the lower to the higher"
            case .unsupported(let what): "\(what) is not supported"
            case .tooLarge: "it is too large"
            }
        }
    }

    public init(_ text: String) throws(Problem) {
        var parser = NamePatternParser(text)
        let node = try parser.parse()
        program = []
        var steps = 0
        try emit(node, &steps)
        program.append(.match)
    }

    /// Whether the whole name matches.
    /// - Complexity: O(name × pattern).
    public func matches(_ name: String) -> Bool {
        var threads = ThreadSet(count: program.count)
        var next = threads
        follow(0, into: &threads)
        for scalar in name.unicodeScalars {
            guard !threads.isEmpty else { return false }
            next.removeAll()
            for pc in threads.members {
                if case .scalar(let set) = program[pc], set.contains(scalar) { follow(pc + 1, into: &next) }
            }
            swap(&threads, &next)
        }
        return threads.members.contains { program[$0] == .match }
    }

    private func follow(_ start: Int, into threads: inout ThreadSet) {
        var stack = [start]
        while let pc = stack.popLast() {
            guard threads.insert(pc) else { continue }
            switch program[pc] {
            case .jump(let target): stack.append(target)
            case .split(let first, let second): stack += [second, first]
            case .scalar, .match: break
            }
        }
    }

    /// - Parameter steps: counts what was emitted, empty parts included: `(){999}{999}` is small and endless.
    private mutating func emit(_ node: NamePatternParser.Node, _ steps: inout Int) throws(Problem) {
        steps += 1
        guard steps < 20_000, program.count < 5000 else { throw .tooLarge }
        switch node {
        case .scalar(let set): program.append(.scalar(set))
        case .sequence(let nodes): for node in nodes { try emit(node, &steps) }
        case .either(let left, let right):
            let split = program.count
            program.append(.match)
            try emit(left, &steps)
            let jump = program.count
            program.append(.match)
            program[split] = .split(split + 1, program.count)
            try emit(right, &steps)
            program[jump] = .jump(program.count)
        case .repeated(let node, let least, let most):
            for _ in 0..<least { try emit(node, &steps) }
            if let most {
                var splits: [Int] = []
                for _ in least..<max(most, least) {
                    splits.append(program.count)
                    program.append(.match)
                    try emit(node, &steps)
                }
                for split in splits { program[split] = .split(split + 1, program.count) }
            } else {
                let split = program.count
                program.append(.match)
                try emit(node, &steps)
                program.append(.jump(split))
                program[split] = .split(split + 1, program.count)
            }
        }
    }

    /// The instructions that a match may stand at, each once.
    private struct ThreadSet {
        var members: [Int] = []
        private var isMember: [Bool]

        init(count: Int) { isMember = Array(repeating: false, count: count) }

        var isEmpty: Bool { members.isEmpty }

        mutating func insert(_ pc: Int) -> Bool {
            guard !isMember[pc] else { return false }
            isMember[pc] = true
            members.append(pc)
            return true
        }

        mutating func removeAll() {
            for pc in members { isMember[pc] = false }
            members.removeAll(keepingCapacity: true)
        }
    }
}

/// A set of Unicode scalars as ranges.
struct ScalarSet: Sendable, Equatable {
    var ranges: [ClosedRange<UInt32>]
    var isInverted = false

    func contains(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar.value) } != isInverted }

    static func only(_ scalar: Unicode.Scalar) -> ScalarSet { ScalarSet(ranges: [scalar.value...scalar.value]) }
    static let any = ScalarSet(ranges: [], isInverted: true)
    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let word = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let blank = ScalarSet(ranges: [0x09...0x0D, 0x20...0x20])
}

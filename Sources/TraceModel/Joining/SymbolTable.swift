/// Strings as small numbers, so that facts are compact and compare quickly.
///
/// Bounded: once `capacity` different strings are known, every further one is `overflow`, whose text says so.
struct SymbolTable: Sendable {
    private var numbers: [String: UInt32] = ["": 0]
    private var texts = [""]
    private let capacity: Int

    /// What a name becomes when there are too many names.
    static let overflowText = "(other)"

    init(capacity: Int = 200_000) { self.capacity = capacity }

    mutating func number(of text: String) -> UInt32 {
        if text.isEmpty { return 0 }
        if let number = numbers[text] { return number }
        if texts.count >= capacity {
            if let number = numbers[Self.overflowText] { return number }
            return insert(Self.overflowText)
        }
        return insert(text)
    }

    func text(of number: UInt32) -> String { texts[Int(number)] }

    private mutating func insert(_ text: String) -> UInt32 {
        let number = UInt32(texts.count)
        numbers[text] = number
        texts.append(text)
        return number
    }
}

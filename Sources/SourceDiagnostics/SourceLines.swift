/// One file cut into lines, for as many excerpts as wanted.
struct SourceLines {
    let file: SourceFile
    private let starts: [Int]

    init(_ file: SourceFile) {
        self.file = file
        starts = file.lineStarts()
    }

    /// The bytes of a line (1-based) without its line break; nil where there is no such line.
    func line(_ number: Int) -> ArraySlice<UInt8>? {
        guard number >= 1, number <= starts.count else { return nil }
        let end = number < starts.count ? starts[number] : file.bytes.count
        var slice = file.bytes[starts[number - 1]..<end]
        for lineBreak in Self.lineBreaks
        where slice.count >= lineBreak.count && slice.suffix(lineBreak.count) == lineBreak {
            slice.removeLast(lineBreak.count)
            break
        }
        return slice
    }

    private static let lineBreaks: [ArraySlice<UInt8>] = [
        [0x0D, 0x0A], [0x0A], [0x0D], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9],
    ]
}

import Synchronization

/// A stretch of one source file. Lines and columns are 1-based; columns count Unicode scalars; the end is exclusive
/// and on the same line or a later one.
///
/// A catalog holds hundreds of thousands of spans, and copies them with everything it copies. So a span is plain data:
/// its path is kept once for the whole process, and never given back; there are as many as files that were ever named.
public struct SourceSpan: Sendable, Hashable, Comparable {
    /// Never released, so that copying a span counts no references.
    private unowned(unsafe) var name: FileName
    private var place: Place

    /// 32 bits are plenty: a file has at most some million bytes.
    private struct Place: Sendable, Hashable {
        var line: Int32
        var column: Int32
        var endLine: Int32
        var endColumn: Int32

        init(_ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) {
            self.line = Int32(clamping: line)
            self.column = Int32(clamping: column)
            self.endLine = Int32(clamping: endLine)
            self.endColumn = Int32(clamping: endColumn)
        }

        static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column, left.endLine, left.endColumn)
                < (right.line, right.column, right.endLine, right.endColumn)
        }
    }

    public init(file: String, line: Int, column: Int, endLine: Int? = nil, endColumn: Int? = nil) {
        name = FileName.of(file)
        place = Place(line, column, endLine ?? line, endColumn ?? column)
    }

    public var line: Int {
        get { Int(place.line) }
        set { place.line = Int32(clamping: newValue) }
    }

    public var column: Int {
        get { Int(place.column) }
        set { place.column = Int32(clamping: newValue) }
    }

    public var endLine: Int {
        get { Int(place.endLine) }
        set { place.endLine = Int32(clamping: newValue) }
    }

    public var endColumn: Int {
        get { Int(place.endColumn) }
        set { place.endColumn = Int32(clamping: newValue) }
    }

    /// The path as the author would type it, relative to the working folder where that is shorter.
    public var file: String {
        get { name.text }
        set { name = FileName.of(newValue) }
    }

    /// Another stretch of the same file; for readers that make very many.
    public func inSameFile(line: Int, column: Int, endLine: Int, endColumn: Int) -> SourceSpan {
        var span = self
        span.place = Place(line, column, endLine, endColumn)
        return span
    }

    /// The same for spans of the same file, and for no others.
    var fileIdentity: ObjectIdentifier { ObjectIdentifier(name) }

    /// Whether both begin at the same place of the same file.
    func startsWhere(_ other: SourceSpan) -> Bool {
        name === other.name && place.line == other.place.line && place.column == other.place.column
    }

    public static func == (left: SourceSpan, right: SourceSpan) -> Bool {
        left.name === right.name && left.place == right.place
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(name))
        hasher.combine(place)
    }

    public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
        if left.name !== right.name { return left.file < right.file }
        return left.place < right.place
    }
}

/// A path, once in the process: equal paths are the same object.
private final class FileName: Sendable {
    let text: String

    private init(_ text: String) { self.text = text }

    private static let known = Mutex<[String: FileName]>([:])

    static func of(_ text: String) -> FileName {
        known.withLock { known in
            if let name = known[text] { return name }
            let name = FileName(text)
            known[text] = name
            return name
        }
    }
}

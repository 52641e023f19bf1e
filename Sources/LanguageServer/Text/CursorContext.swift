import CatalogModel

/// Where a place in a catalog file is: in which map or list, and whether a key or a value is written there.
///
/// It reads text, not a tree, so that it knows its way in what is half typed: by indentation in block style, by
/// brackets in flow style.
struct CursorContext: Equatable {
    /// The keys and items from the top of the file to the map, list or value.
    var path: [LanguagePlace.Step]
    /// Whether a key of a map may be written here.
    var isKey: Bool
    /// Whether a value may be written here.
    var isValue: Bool
    /// The bytes of the word around the place: from its start to its end.
    var word: Range<Int>
    /// What of the word stands before the place.
    var prefix: String
    /// The other keys of the same map.
    var siblings: Set<String>
    /// Whether the word stands between brackets, where commas and brackets end it.
    var isFlow: Bool

    /// Nil inside comments and block texts.
    init?(_ document: TextDocument, offset: Int) {
        var scanner = BlockScanner(document.bytes, cursor: min(max(offset, 0), document.bytes.count))
        guard let found = scanner.scan() else { return nil }
        self = found
    }

    init(
        path: [LanguagePlace.Step], isKey: Bool, isValue: Bool, word: Range<Int>, prefix: String,
        siblings: Set<String>, isFlow: Bool
    ) {
        self.path = path
        self.isKey = isKey
        self.isValue = isValue
        self.word = word
        self.prefix = prefix
        self.siblings = siblings
        self.isFlow = isFlow
    }
}

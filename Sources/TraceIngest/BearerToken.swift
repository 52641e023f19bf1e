/// A secret that clients carry as `Authorization: Bearer TOKEN` (RFC 6750).
public struct BearerToken: Sendable, Equatable {
    private let bytes: [UInt8]

    static let problem = "the collector wants a token (Authorization: Bearer TOKEN)"

    /// Nil where the text, without white space around it, is empty or holds what a header cannot.
    public init?(_ text: String) {
        bytes = Array(text.utf8.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    }

    /// Whether one header carries it. Takes the same time wherever a guess goes wrong.
    func isCarried(by headers: [String]) -> Bool {
        guard headers.count == 1, headers[0].lowercased().hasPrefix("bearer ") else { return false }
        let guess = Array(headers[0].utf8.dropFirst("bearer ".utf8.count))
        guard guess.count == bytes.count else { return false }
        return zip(guess, bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

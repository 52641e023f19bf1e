/// Hands out the ids of one diagram: never the text of people as it is, but a letter for the kind of thing and what is
/// left of the name in ASCII, so that no name is a keyword and no two things share an id.
///
///     service `order-service`   s_order_service
///     service `Order Service`   s_Order_Service_2     (compared without case)
///     topic   `end`             t_end
///     service `주문`            s_x
struct MermaidIDs {
    enum Kind: String {
        case channel = "c"
        case domain = "d"
        case group = "g"
        case legend = "l"
        case moment = "m"
        case part = "p"
        case queue = "q"
        case service = "s"
        case topic = "t"
    }

    private var taken: Set<String> = []

    mutating func id(_ kind: Kind, _ name: String) -> String {
        let base = "\(kind.rawValue)_\(Self.slug(of: name))"
        var id = base
        var number = 1
        while !taken.insert(id.lowercased()).inserted {
            number += 1
            id = "\(base)_\(number)"
        }
        return id
    }

    private static func slug(of name: String) -> String {
        var slug: [UInt8] = []
        var isGap = false
        for byte in name.utf8.prefix(60) {
            guard isKept(byte) else {
                isGap = true
                continue
            }
            if isGap, !slug.isEmpty { slug.append(UInt8(ascii: "_")) }
            isGap = false
            slug.append(byte)
        }
        return slug.isEmpty ? "x" : String(decoding: slug, as: UTF8.self)
    }

    private static func isKept(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

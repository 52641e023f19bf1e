/// A place in the flow graph where one can stand: a channel or a service, by its name.
public enum Node: Sendable, Hashable {
    case channel(String)
    case service(String)

    public var name: String {
        switch self {
        case .channel(let name), .service(let name): name
        }
    }
}

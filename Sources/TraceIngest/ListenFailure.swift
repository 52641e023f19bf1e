/// Why a server could not begin to listen.
///
/// ```
/// cannot listen on 127.0.0.1:4318: address already in use
/// ```
public enum ListenFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another program listens there.
    case addressInUse(String)
    /// Only an administrator may listen there.
    case notPermitted(String)
    /// This machine has no such address.
    case noSuchAddress(String)
    /// Anything else; `reason` is a clause without a full stop.
    case other(String, reason: String)

    /// Where it should have listened, e.g. `127.0.0.1:4318`.
    public var address: String {
        switch self {
        case .addressInUse(let address), .notPermitted(let address), .noSuchAddress(let address),
            .other(let address, _):
            address
        }
    }

    public var description: String {
        let reason =
            switch self {
            case .addressInUse: "address already in use"
            case .notPermitted: "permission denied"
            case .noSuchAddress: "this machine has no such address"
            case .other(_, let reason): reason
            }
        return "cannot listen on \(address): \(reason)"
    }

    /// What may be done about it, where that is likely to be right: a clause without a full stop.
    public var advice: String? {
        switch self {
        case .addressInUse: "another collector may be running; choose another port"
        case .notPermitted: "choose a port above 1023"
        case .noSuchAddress: "127.0.0.1 is this machine alone, 0.0.0.0 all its networks"
        case .other: nil
        }
    }

    /// An address and a port as users write them: IPv6 addresses get brackets.
    static func written(_ address: String, _ port: Int) -> String {
        address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}

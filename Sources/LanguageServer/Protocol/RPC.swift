import SourceDiagnostics

/// JSON-RPC 2.0 as the Language Server Protocol uses it: what comes, and what is answered.
enum RPC {
    /// A message from the client.
    struct Incoming: Sendable {
        /// Nil for a notification.
        var id: JSONValue?
        var method: String
        var params: JSONValue
    }

    /// Codes of errors (Language Server Protocol 3.17, "ErrorCodes").
    enum Code: Int {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case serverNotInitialized = -32002
        case requestCancelled = -32800
        case requestFailed = -32803
    }

    /// Why a request cannot be answered.
    struct Failure: Error {
        var code: Code
        var message: String
    }

    static func result(_ value: JSONValue, for id: JSONValue) -> JSONValue {
        .object([("jsonrpc", "2.0"), ("id", id), ("result", value)])
    }

    static func error(_ code: Code, _ message: String, for id: JSONValue) -> JSONValue {
        .object([
            ("jsonrpc", "2.0"), ("id", id),
            ("error", .object([("code", .number(code.rawValue)), ("message", .string(message))])),
        ])
    }

    static func notification(_ method: String, _ params: JSONValue) -> JSONValue {
        .object([("jsonrpc", "2.0"), ("method", .string(method)), ("params", params)])
    }

    static func request(_ method: String, _ params: JSONValue, id: String) -> JSONValue {
        .object([
            ("jsonrpc", "2.0"), ("id", .string(id)), ("method", .string(method)), ("params", params),
        ])
    }
}

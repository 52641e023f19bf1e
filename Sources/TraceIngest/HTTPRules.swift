import NIOHTTP1
import OTLPCoding

/// What a server decides from the head of a request alone: OTLP specification 1.11, "OTLP/HTTP".
struct HTTPRules: Sendable {
    var settings: ServerSettings
    /// Only programs of this machine can reach the server.
    var isLoopback: Bool
    var routes = HTTPRoutes.otlp

    /// How to read the body, or the answer when there is no point in reading it.
    func judge(_ head: HTTPRequestHead) -> HTTPVerdict {
        let encoding = Self.encoding(of: head)
        if let refusal = hostProblem(head) ?? originProblem(head) ?? tokenProblem(head, encoding ?? .json) {
            return .answer(refusal)
        }
        switch routes.action(at: Self.path(of: head.uri)) {
        case nil: return .answer(.failure(.notFound, .notFound, routes.hint, encoding ?? .json))
        case .refuse(let problem): return .answer(.failure(.notFound, .unimplemented, problem, encoding ?? .json))
        case .show(let page):
            let isAsked = head.method == .GET || head.method == .HEAD
            return .answer(isAsked ? .page(page()) : wrongMethod("GET", encoding ?? .json))
        case .take(let intake): return judge(head, for: intake, encoding)
        }
    }

    private func judge(_ head: HTTPRequestHead, for intake: HTTPIntake, _ encoding: OTLPEncoding?) -> HTTPVerdict {
        guard head.method == .POST else { return .answer(wrongMethod("POST", encoding ?? .json)) }
        guard let encoding, intake.encodings.contains(encoding) else {
            let types = intake.encodings.map(\.mediaType).joined(separator: " or ")
            return .answer(
                .failure(.unsupportedMediaType, .invalidArgument, "Content-Type must be \(types)", .json))
        }
        let codings = head.headers[canonicalForm: "content-encoding"]
        guard codings.count <= 1, let coding = ContentCoding(header: codings.first.map(String.init)) else {
            return .answer(
                .failure(
                    .unsupportedMediaType, .invalidArgument, "Content-Encoding must be gzip, deflate or identity",
                    encoding, headers: [("accept-encoding", "gzip, deflate, identity")]))
        }
        let length = head.headers.first(name: "content-length").flatMap { Int($0) }
        if let length, length > settings.bodyLimit { return .answer(tooLarge(encoding)) }
        let expectation = head.version == .http1_0 ? nil : head.headers.first(name: "expect")?.lowercased()
        guard expectation == nil || expectation == "100-continue" else {
            return .answer(.failure(.expectationFailed, .invalidArgument, "Expect must be 100-continue", encoding))
        }
        return .read(
            BodyPlan(
                intake: intake, encoding: encoding, coding: coding, length: length, awaitsContinue: expectation != nil,
                origin: head.headers.first(name: "origin")))
    }

    func tooLarge(_ encoding: OTLPEncoding) -> HTTPAnswer {
        .failure(
            .payloadTooLarge, .resourceExhausted, "the request is longer than \(settings.bodyLimit) bytes", encoding,
            closes: true)
    }

    /// What a web page of an allowed origin needs to see in an answer.
    func originHeaders(_ origin: String?) -> [(String, String)] {
        guard let origin, isAllowed(origin: origin) else { return [] }
        return [("access-control-allow-origin", origin), ("vary", "origin")]
    }

    // MARK: The rules, in their order

    /// A page that makes a browser ask this server under a name of its own must not get through.
    private func hostProblem(_ head: HTTPRequestHead) -> HTTPAnswer? {
        let hosts = head.headers["host"]
        guard hosts.count <= 1 else {
            return .failure(.badRequest, .invalidArgument, "more than one Host header", .json, closes: true)
        }
        guard let host = hosts.first else {
            return head.version == .http1_0
                ? nil : .failure(.badRequest, .invalidArgument, "no Host header", .json, closes: true)
        }
        let name = HostName(host)
        guard isLoopback, !name.isLocal, !settings.allowedHosts.contains(where: { $0.lowercased() == name.name })
        else { return nil }
        return .failure(.forbidden, .permissionDenied, "this server is not known by the name '\(name.name)'", .json)
    }

    private func originProblem(_ head: HTTPRequestHead) -> HTTPAnswer? {
        guard let origin = head.headers.first(name: "origin") else { return nil }
        guard isAllowed(origin: origin) else {
            return .failure(.forbidden, .permissionDenied, "web pages of '\(origin)' may not send spans", .json)
        }
        guard head.method == .OPTIONS, head.headers.contains(name: "access-control-request-method") else { return nil }
        let names = head.headers["access-control-request-headers"].joined(separator: ", ")
        return HTTPAnswer(
            status: .noContent,
            headers: originHeaders(origin) + [
                ("access-control-allow-methods", "POST"),
                ("access-control-allow-headers", names.isEmpty ? "content-type, content-encoding" : names),
                ("access-control-max-age", "7200"),
            ], encoding: .json, body: [])
    }

    private func isAllowed(origin: String) -> Bool {
        settings.allowedOrigins.contains(origin) || settings.allowedOrigins.contains("*")
    }

    private func tokenProblem(_ head: HTTPRequestHead, _ encoding: OTLPEncoding) -> HTTPAnswer? {
        guard let token = settings.token, !token.isCarried(by: head.headers["authorization"]) else { return nil }
        return .failure(
            .unauthorized, .unauthenticated, BearerToken.problem, encoding, headers: [("www-authenticate", "Bearer")])
    }

    private func wrongMethod(_ method: String, _ encoding: OTLPEncoding) -> HTTPAnswer {
        .failure(
            .methodNotAllowed, .unimplemented, "the method must be \(method)", encoding, headers: [("allow", method)])
    }

    /// The encoding that the request says it has; nil where it is none that OTLP knows.
    static func encoding(of head: HTTPRequestHead) -> OTLPEncoding? {
        let types = head.headers["content-type"]
        guard types.count == 1, let type = types[0].split(separator: ";", omittingEmptySubsequences: false).first
        else { return nil }
        switch trimmed(type).lowercased() {
        case "application/x-protobuf": return .protobuf
        case "application/json": return .json
        default: return nil
        }
    }

    /// The path of a request target, which may also be a whole URL (RFC 9112, section 3.2.2).
    static func path(of target: String) -> Substring {
        var rest = target[...]
        for scheme in ["http://", "https://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            rest = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        }
        return rest.prefix { $0 != "?" && $0 != "#" }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}

/// What follows from the head of a request.
enum HTTPVerdict: Equatable {
    case read(BodyPlan)
    case answer(HTTPAnswer)
}

/// How the body of a request is to be read.
struct BodyPlan: Equatable {
    var intake = HTTPIntake.otlp
    var encoding: OTLPEncoding
    var coding: ContentCoding
    /// Bytes that will come, where the head says it.
    var length: Int?
    /// The client sends the body only after `100 Continue`.
    var awaitsContinue: Bool
    /// The web page that sends the request.
    var origin: String?
}

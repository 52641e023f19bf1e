import NIOHTTP1
import OTLPCoding

/// The requests of one connection, one after the other: what to do about each part as it comes. Pure.
struct HTTPExchange {
    /// What the connection has to do now.
    enum Action: Equatable {
        case nothing
        /// Tell the client to send the body, which it holds back.
        case sayContinue
        /// Keep this part of the body.
        case keep
        /// The body is complete: read it.
        case read(BodyPlan)
        case answer(HTTPAnswer)
        case close
    }

    /// What the connection waits for; each has its own patience.
    enum Phase: Equatable {
        case idle
        case receiving
        /// The answer is on its way while the rest of the request comes and is thrown away.
        case draining
        /// The sink has the request.
        case storing
        case closed
    }

    private(set) var phase = Phase.idle
    private var plan: BodyPlan?
    private var received = 0
    private var closesAfterAnswer = false
    let rules: HTTPRules

    init(_ rules: HTTPRules) { self.rules = rules }

    /// The encoding of the request at hand.
    var encoding: OTLPEncoding { plan?.encoding ?? .json }

    mutating func head(_ head: HTTPRequestHead) -> Action {
        guard phase != .closed else { return .nothing }
        received = 0
        // After a request that asks for another protocol nothing more is parsed, so the connection cannot be kept.
        closesAfterAnswer = !head.isKeepAlive || head.headers.contains(name: "upgrade")
        switch rules.judge(head) {
        case .answer(var answer):
            // A client that was promised an answer before its body may send the body or not: nobody knows what follows.
            if head.headers.contains(name: "expect") { answer.closes = true }
            plan = nil
            phase = .draining
            return .answer(finished(answer))
        case .read(let plan):
            self.plan = plan
            phase = .receiving
            return plan.awaitsContinue ? .sayContinue : .nothing
        }
    }

    mutating func body(_ count: Int) -> Action {
        received += count
        switch phase {
        case .receiving:
            guard let plan, received > rules.settings.bodyLimit else { return .keep }
            return refuse(rules.tooLarge(plan.encoding))
        case .draining where received > rules.settings.bodyLimit:
            phase = .closed
            return .close
        case .idle, .draining, .storing, .closed: return .nothing
        }
    }

    mutating func end() -> Action {
        switch phase {
        case .receiving:
            guard let plan else { return .nothing }
            phase = .storing
            return .read(plan)
        case .draining:
            phase = closesAfterAnswer ? .closed : .idle
            return closesAfterAnswer ? .close : .nothing
        case .idle, .storing, .closed: return .nothing
        }
    }

    /// Answers before the body is complete; the rest of it is thrown away.
    mutating func refuse(_ answer: HTTPAnswer) -> Action {
        guard phase == .receiving else { return .nothing }
        phase = .draining
        var answer = answer
        answer.closes = true
        return .answer(finished(answer))
    }

    /// The request was read, or stored: the answer goes out and the next request may come.
    mutating func complete(_ answer: HTTPAnswer) -> Action {
        guard phase == .storing else { return .nothing }
        let answer = finished(answer)
        phase = closesAfterAnswer ? .closed : .idle
        return .answer(answer)
    }

    /// The bytes are not HTTP.
    mutating func malformed(_ error: any Error) -> Action {
        guard phase == .idle || phase == .receiving else {
            let wasClosed = phase == .closed
            phase = .closed
            return wasClosed ? .nothing : .close
        }
        phase = .closed
        switch error as? HTTPParserError {
        case nil: return .close
        case .headerOverflow:
            return .answer(
                .failure(
                    .requestHeaderFieldsTooLarge, .invalidArgument,
                    "the head of the request is longer than \(rules.settings.headLimit) bytes", encoding, closes: true)
            )
        default:
            return .answer(
                .failure(
                    .badRequest, .invalidArgument, "the request is not HTTP/1.1 or HTTP/1.0", encoding, closes: true))
        }
    }

    /// The current phase has lasted as long as it may.
    mutating func timedOut() -> Action {
        switch phase {
        case .receiving:
            phase = .closed
            return .answer(
                .failure(
                    .requestTimeout, .deadlineExceeded, "the request did not arrive in time", encoding, closes: true))
        case .idle, .draining:
            phase = .closed
            return .close
        case .storing, .closed: return .nothing
        }
    }

    /// The client will send nothing more.
    mutating func inputClosed() -> Action {
        closesAfterAnswer = true
        switch phase {
        case .storing, .closed: return .nothing
        case .idle, .receiving, .draining:
            phase = .closed
            return .close
        }
    }

    /// Adds what every answer of this request needs.
    private mutating func finished(_ answer: HTTPAnswer) -> HTTPAnswer {
        var answer = answer
        if answer.closes { closesAfterAnswer = true }
        answer.closes = closesAfterAnswer
        answer.headers += rules.originHeaders(plan?.origin)
        return answer
    }
}

import Foundation
import LanguageServer
import SourceDiagnostics

/// Standard input and output around a session. One thread reads, so that what is typed meanwhile is known before the
/// next work begins; another looks for findings; this one works.
struct LanguageServerLoop {
    let settings: LanguageServerSettings

    /// Works until the client ends the session or goes away; gives the exit code.
    func run() -> Int32 {
        let inbox = Inbox()
        Thread.detachNewThread { inbox.fill(from: STDIN_FILENO) }
        var session = LanguageSession(settings: settings)
        var framing = MessageFraming()
        while true {
            let news = inbox.take(waits: true)
            if let code = receive(news, &framing, &session, inbox) { return code }
            while let outputs = session.step() {
                if let code = act(on: outputs, inbox) { return code }
                // A cancellation that came meanwhile takes effect before the next message is worked on.
                if let code = receive(inbox.take(waits: false), &framing, &session, inbox) { return code }
            }
            // The client is gone without a word.
            if news.isOver { return 1 }
        }
    }

    private func receive(
        _ news: Inbox.News, _ framing: inout MessageFraming, _ session: inout LanguageSession, _ inbox: Inbox
    ) -> Int32? {
        for part in framing.take(news.bytes) {
            switch part {
            case .message(let content):
                if let code = act(on: session.take(content), inbox) { return code }
            case .broken(let reason):
                Talk.note("the client sent \(reason); the session cannot go on")
                return 3
            }
        }
        for (check, findings) in news.findings {
            if let code = act(on: session.take(findings, of: check), inbox) { return code }
        }
        return nil
    }

    private func act(on outputs: [LanguageSession.Output], _ inbox: Inbox) -> Int32? {
        for output in outputs {
            switch output {
            case .send(let message): Output.write(MessageFraming.framed(message.text(indented: false)))
            case .check(let check): Thread.detachNewThread { inbox.put(check.run(), of: check) }
            case .exit(let code): return code
            }
        }
        return nil
    }
}

/// What comes from the threads that read and check to the one that works.
private final class Inbox: @unchecked Sendable {
    struct News {
        var bytes: [UInt8] = []
        var findings: [(check: FindingsCheck, found: [Diagnostic])] = []
        /// Whether the client has closed its end.
        var isOver = false
    }

    private let condition = NSCondition()
    private var news = News()

    /// More than this is not read ahead.
    private static let limit = 128 << 20

    /// Reads to the end; an input that cannot be read is at its end.
    func fill(from descriptor: Int32) {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            condition.lock()
            while news.bytes.count > Self.limit { condition.wait() }
            news.bytes.append(contentsOf: piece[..<max(0, count)])
            news.isOver = count <= 0
            condition.broadcast()
            condition.unlock()
            if count <= 0 { return }
        }
    }

    func put(_ findings: [Diagnostic], of check: FindingsCheck) {
        condition.lock()
        news.findings.append((check, findings))
        condition.broadcast()
        condition.unlock()
    }

    func take(waits: Bool) -> News {
        condition.lock()
        defer { condition.unlock() }
        while waits, news.bytes.isEmpty, news.findings.isEmpty, !news.isOver { condition.wait() }
        let taken = news
        news = News(isOver: taken.isOver)
        condition.broadcast()
        return taken
    }
}

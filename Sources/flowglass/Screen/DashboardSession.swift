import CatalogLint
import CatalogModel
import Dashboard
import Dispatch
import FlowMatching
import Foundation
import TerminalBackend
import TerminalUI
import TraceModel
import TraceStore

/// The dashboard on a terminal, with everything behind it: the feed, the editor, the clipboard, files.
struct DashboardSession {
    var catalogPath: String?
    var loaded: LoadedCatalog
    var reader: SpanStoreReader
    /// Nil when another process collects.
    var collector: Collector?
    var listening: [String]
    /// Shown first.
    var notice: String?

    /// Shows the dashboard until its user leaves it.
    func run() throws {
        let terminal: Terminal
        do throws(TerminalFailure) {
            terminal = try Terminal.open()
        } catch {
            throw CommandFailure.usage(error.description)
        }
        defer { terminal.close() }
        let mailbox = Mailbox<DashboardMessage>()
        let (collector, listening) = (collector, listening)
        let feed = LiveFeed(
            reader: reader, mailbox: mailbox, catalog: loaded.catalog, window: .fiveMinutes
        ) { health in
            health.listening = listening
            health.trouble = collector?.store.trouble
        }
        let watch = StoreWatch(storePath: reader.path) { feed.storeChanged() }
        defer { watch?.stop() }
        var app = DashboardApp(
            model: DashboardModel(
                size: terminal.size,
                settings: DashboardSettings(
                    glyphs: terminal.glyphs, theme: terminal.colorCount > 1 ? .standard : .monochrome,
                    secondsFromUTC: TimeZone.current.secondsFromGMT(), catalogPath: catalogPath)),
            worker: DashboardWorker(
                catalogPath: catalogPath, reader: reader, mailbox: mailbox, feed: feed, catalog: loaded.catalog))
        mailbox.post(.catalog(loaded.catalog, DashboardWorker.findings(of: loaded)))
        if let notice { mailbox.post(.notice(notice)) }
        feed.schedule()
        _ = TerminalLoop.run(&app, on: terminal, mailbox: mailbox)
    }
}

/// The dashboard's model behind the terminal's loop: effects that concern the terminal become decisions, the others go
/// to the worker.
private struct DashboardApp: TerminalApp {
    var model: DashboardModel
    let worker: DashboardWorker

    mutating func handle(_ event: LoopEvent<DashboardMessage>) -> LoopDecision {
        switch event {
        case .terminal(let event): return decision(model.update(.terminal(event)))
        case .messages(let messages): return decision(messages.flatMap { model.update($0) })
        case .foregroundEnded(let result):
            if case .notStarted = result { return decision(model.update(.notice("the editor could not be started"))) }
            worker.reloadCatalog()
            return .continue
        case .signal: return .quit
        }
    }

    func render(into buffer: inout Buffer) { model.render(into: &buffer) }

    private func decision(_ effects: [Effect]) -> LoopDecision {
        let decisions = effects.compactMap { effect -> LoopDecision? in
            switch effect {
            case .quit: return .quit
            case .suspend: return .suspend
            case .copy(let text): return .copyToClipboard(text)
            case .openEditor(let path, let line):
                return .runInForeground(
                    .editor(file: path, line: line, environment: ProcessInfo.processInfo.environment))
            case .setWindow(let window): worker.feed.show(window)
            case .reloadCatalog: worker.reloadCatalog()
            case .loadConversation(let id): worker.loadConversation(id)
            case .previewMermaid(let focus): worker.preview(focus)
            case .saveFile(let name, let text): worker.save(text, as: name)
            }
            return nil
        }
        return decisions.isEmpty ? .continue : decisions.count == 1 ? decisions[0] : .all(decisions)
    }
}

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
    var catalogPath: String
    var ground: DashboardSetup.Ground
    var config: DashboardConfig
    var options: ScreenOptions

    /// Seconds before the first picture that nobody notices.
    private static let firstPicturePatience = 0.1

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
        let (collector, listening, isAttached) = (ground.collector, ground.listening, ground.collector == nil)
        let path = ground.reader.path
        let feed = LiveFeed(
            reader: ground.reader, mailbox: mailbox, catalog: ground.loaded.catalog, window: ground.window,
            until: ground.until
        ) { health in
            health.listening = listening
            health.note(collector)
            if isAttached { health.note(StoreCollector(ofStore: path)) }
        }
        let drift = DriftFeed(
            reader: try storeReader(ground.reader.path, ground.loaded.catalog), mailbox: mailbox,
            loaded: ground.loaded, window: ground.window, until: ground.until)
        let watch = StoreWatch(storePath: ground.reader.path) {
            feed.storeChanged()
            drift.storeChanged()
        }
        defer { watch?.stop() }
        let worker = DashboardWorker(
            catalogPath: catalogPath, reader: ground.reader, collector: collector, mailbox: mailbox, feed: feed,
            drift: drift,
            catalog: ground.loaded.catalog)
        var app = DashboardApp(
            model: DashboardModel(
                size: terminal.size, settings: settings(terminal), window: ground.window, until: ground.until),
            worker: worker)
        // Without a watch, `r` reads the catalog again all the same.
        let catalogWatch = try? FileWatch([catalogPath]) { worker.reloadCatalog() }
        defer { catalogWatch?.stop() }
        mailbox.post(.catalog(ground.loaded.catalog, DashboardWorker.findings(of: ground.loaded)))
        if let notice = ground.notice { mailbox.post(.notice(notice)) }
        // An empty picture that stands for an instant only flickers, and a slow link carries it for nothing.
        feed.begin(patience: Self.firstPicturePatience)
        drift.begin()
        _ = TerminalLoop.run(&app, on: terminal, mailbox: mailbox)
    }

    private func settings(_ terminal: Terminal) -> DashboardSettings {
        let theme = options.theme ?? config.theme ?? "default"
        var settings = DashboardSettings(
            glyphs: terminal.glyphs, theme: Theme.named(theme, colors: terminal.colorCount) ?? .standard,
            secondsFromUTC: TimeZone.current.secondsFromGMT(), catalogPath: catalogPath)
        settings.source = ground.source
        settings.isOfFiles = ground.isOfFiles
        settings.apply(config)
        if let screen = options.screen { _ = settings.start(on: screen) }
        return settings
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
            if let reason = result.whyNotStarted {
                let editor = ForegroundCommand.editorName(ProcessInfo.processInfo.environment)
                return decision(
                    model.update(.notice("cannot start the editor '\(editor)': \(reason); set EDITOR to another")))
            }
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
            case .setRange(let window, let until):
                worker.feed.show(window, until: until)
                worker.drift.show(window, until: until)
            case .refreshDrift: worker.drift.refresh()
            case .explain(let rule): worker.explain(rule)
            case .learn(let job): worker.learn(job)
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

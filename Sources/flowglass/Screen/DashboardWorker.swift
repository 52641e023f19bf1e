import CatalogLint
import CatalogModel
import Dashboard
import DiagramExport
import Dispatch
import FlowMatching
import Foundation
import Synchronization
import TerminalBackend
import TraceModel
import TraceStore

/// Does what the dashboard asks for beside the terminal's thread, and posts the answers.
final class DashboardWorker: Sendable {
    let feed: LiveFeed
    let drift: DriftFeed
    private let catalogPath: String
    private let reader: SpanStoreReader
    /// Nil when another process collects.
    private let collector: Collector?
    private let mailbox: Mailbox<DashboardMessage>
    private let catalog: Mutex<Catalog>
    private let queue = DispatchQueue(label: "flowglass.worker", qos: .userInitiated)

    init(
        catalogPath: String, reader: SpanStoreReader, collector: Collector?,
        mailbox: Mailbox<DashboardMessage>, feed: LiveFeed,
        drift: DriftFeed, catalog: Catalog
    ) {
        self.catalogPath = catalogPath
        self.reader = reader
        self.collector = collector
        self.mailbox = mailbox
        self.feed = feed
        self.drift = drift
        self.catalog = Mutex(catalog)
    }

    static func findings(of loaded: LoadedCatalog) -> CatalogFindings {
        CatalogFindings(diagnostics: lint(loaded), sources: loaded.sources, filesChecked: loaded.filesChecked)
    }

    func reloadCatalog() {
        queue.async { [self] in
            guard FileManager.default.fileExists(atPath: catalogPath) else {
                return mailbox.post(.catalogTrouble("there is no catalog at \(catalogPath)"))
            }
            do {
                let loaded = try CatalogOptions.load(catalogPath)
                catalog.withLock { $0 = loaded.catalog }
                collector?.reload(loaded.catalog)
                reader.reload(SpanStore.Settings(loaded.catalog))
                mailbox.post(.catalog(loaded.catalog, Self.findings(of: loaded)))
                feed.show(loaded.catalog)
                drift.show(loaded)
            } catch {
                let words = (error as? CommandFailure)?.message ?? "\(error)"
                mailbox.post(.catalogTrouble("\(words); the last one that could be read stays"))
            }
        }
    }

    func loadConversation(_ id: String) {
        queue.async { [self] in
            do throws(StoreFailure) {
                if var conversation = try reader.conversation(id) {
                    let now = currentTime()
                    let graph = FlowGraph(catalog: catalog.withLock { $0 }, observed: try reader.edges(.all, now: now))
                    conversation.state = FlowMatcher(catalog: catalog.withLock { $0 }, graph: graph)
                        .state(of: conversation, now: now)
                    mailbox.post(.conversation(conversation))
                } else {
                    mailbox.post(.noConversation(id: id))
                }
            } catch {
                mailbox.post(.notice(error.description))
            }
        }
    }

    /// Never behind reads of the store.
    func learn(_ job: LearningJob) {
        DispatchQueue.global(qos: .userInitiated).async { [mailbox] in mailbox.post(job.run()) }
    }

    func preview(_ focus: DiagramFocus) {
        queue.async { [self] in
            do {
                let diagram = try Diagrams(catalog: catalog.withLock { $0 }, reader: reader).diagram(of: focus)
                mailbox.post(.preview(title: diagram.title, text: diagram.text, fileName: diagram.fileName))
            } catch {
                mailbox.post(.notice((error as? CommandFailure)?.message ?? "\(error)"))
            }
        }
    }

    func explain(_ name: String) {
        guard let rule = lintRule(named: name) else { return mailbox.post(.notice("there is no rule '\(name)'")) }
        mailbox.post(.preview(title: name, text: explanation(of: rule), fileName: name + ".txt", isProse: true))
    }

    /// Never over a file that is there: `topics.txt`, then `topics-2.txt`, and on.
    func save(_ text: String, as wanted: String) {
        queue.async { [self] in
            var status = stat()
            let name =
                (1...Self.mostNames).lazy.map { $0 == 1 ? wanted : Self.numbered(wanted, $0) }
                .first { lstat($0, &status) != 0 } ?? wanted
            do {
                try Files.create(text, at: name)
                mailbox.post(.notice("saved as \(name)"))
            } catch {
                mailbox.post(.notice((error as? CommandFailure)?.message ?? "\(error)"))
            }
        }
    }

    /// So many files of one name are saved beside each other.
    private static let mostNames = 999

    /// `topics-2.txt`
    private static func numbered(_ name: String, _ number: Int) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(name)-\(number)" }
        return "\(name[..<dot])-\(number)\(name[dot...])"
    }
}

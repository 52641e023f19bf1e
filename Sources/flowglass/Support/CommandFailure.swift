import CatalogModel
import TraceIngest
import TraceStore

/// Why a command could not do its work: a sentence, and on further lines what to do about it.
struct CommandFailure: Error {
    var message: String
    var code: Int32

    /// The work could not be done.
    init(_ message: String) {
        self.message = message
        code = 3
    }

    /// The command was not used as it is meant to be.
    static func usage(_ message: String) -> CommandFailure {
        var failure = CommandFailure(message)
        failure.code = 2
        return failure
    }

    init(_ failure: StoreFailure) { self.init(failure.description) }
    init(_ failure: ListenFailure) { self.init(failure.description) }
    init(_ failure: FileFailure) { self.init(failure.description) }

    init(_ failure: CatalogLoadError) {
        let isUsualPlace = failure == .notFound(path: CatalogOptions.defaultPath)
        self.init(
            failure.description
                + (isUsualPlace
                    ? "\nsay where it is with --catalog PATH, or write a first one with 'flowglass init'" : ""))
    }
}

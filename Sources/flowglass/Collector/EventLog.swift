import ArgumentParser
import Foundation
import SourceDiagnostics
import TerminalText
import TraceModel

/// What a collector says while it runs: one line an event on standard error, for people or for machines. Text from
/// outside is made harmless in both.
struct EventLog: Sendable {
    enum Format: String, CaseIterable, ExpressibleByArgument, Sendable { case text, json }

    enum Level: String, CaseIterable, ExpressibleByArgument, Sendable, Comparable {
        case debug, info, warning, error

        static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    var format = Format.text
    /// The least level that is written; nil writes nothing, for programs that have a screen.
    var level: Level? = .info

    static let silent = EventLog(level: nil)

    /// - Parameters:
    ///   - message: A clause without a full stop. For machines it is the same every time; what differs is in `fields`.
    ///   - text: The same for people, where they should read more than `message`.
    func write(
        _ level: Level, _ message: String, _ fields: [(String, JSONValue)] = [], text: String? = nil
    ) {
        guard let least = self.level, level >= least else { return }
        switch format {
        case .text: Talk.note((level >= .warning ? "\(level.rawValue): " : "") + (text ?? message))
        case .json: Talk.write(Self.line(level, message, fields, time: Date()) + "\n")
        }
    }

    /// `{"time":"2026-01-15T09:00:00.000Z","level":"info","message":"waiting for spans","store":"spans.db"}`
    static func line(_ level: Level, _ message: String, _ fields: [(String, JSONValue)], time: Date) -> String {
        let head: [(String, JSONValue)] = [
            ("time", .string(timestampText(UInt64(max(0, time.timeIntervalSince1970) * 1e9), milliseconds: true))),
            ("level", .string(level.rawValue)), ("message", .string(message)),
        ]
        return JSONValue.object(head + fields.map { ($0.0, harmless($0.1)) }).text(indented: false)
    }

    private static func harmless(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(displaySafe(text))
        case .array(let values): .array(values.map(harmless))
        case .object(let members): .object(members.map { ($0.0, harmless($0.1)) })
        case .null, .bool, .number, .decimal: value
        }
    }
}

/// `--log-format` and `--log-level`.
struct LogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How to write the log on standard error: text or json.", valueName: "format"))
    var logFormat = EventLog.Format.text

    @Option(help: ArgumentHelp("The least level to write: debug, info, warning or error.", valueName: "level"))
    var logLevel = EventLog.Level.info

    var log: EventLog { EventLog(format: logFormat, level: logLevel) }
}

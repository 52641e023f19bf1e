import Foundation
import GRDB

/// Reading columns without trust: a damaged page may hold anything, and must be an error, not a crash.
extension Row {
    /// A whole number.
    func number(_ column: String) throws -> Int64 { try Self.number(self[column]) }

    /// A whole number in a column by its place, from 0.
    func number(at index: Int) throws -> Int64 { try Self.number(self[index]) }

    private static func number(_ value: DatabaseValue?) throws -> Int64 {
        guard case .int64(let value)? = value?.storage else { throw damage }
        return value
    }

    /// A number of things: what no count can be is damage.
    func count(_ column: String) throws -> Int {
        let value = try number(column)
        guard (0...Int64(1) << 48).contains(value) else { throw Self.damage }
        return Int(value)
    }

    func text(_ column: String) throws -> String {
        guard case .string(let value)? = (self[column] as DatabaseValue?)?.storage else { throw Self.damage }
        return value
    }

    func blob(_ column: String) throws -> [UInt8] { try Self.blob(self[column]) }

    func blob(at index: Int) throws -> [UInt8] { try Self.blob(self[index]) }

    private static func blob(_ value: DatabaseValue?) throws -> [UInt8] {
        switch value?.storage {
        case .blob(let value)?: return [UInt8](value)
        // An empty blob may come as text of no length.
        case .string(let value)? where value.isEmpty: return []
        default: throw damage
        }
    }

    private static var damage: DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the file is damaged")
    }
}

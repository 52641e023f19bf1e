import Foundation
import GRDB
import OTLPCoding
import TraceModel

/// What is derived from segments: hops, edges and their figures.
extension StoreWriter {
    private static let minute: UInt64 = 60_000_000_000
    /// Figures kept in memory between commits.
    private static let cellLimit = 20_000

    /// - Parameter boundary: Figures of minutes up to this one stay as they are.
    func derive(_ changes: JoinChanges, received: UInt64, after boundary: Int64 = .min, _ db: Database) throws {
        guard !changes.isEmpty else { return }
        var changed: [Cell] = []
        var records: [HopRecord] = []
        records.reserveCapacity(changes.removed.count + changes.added.count)
        // Added first: a figure that loses one hop and gains another never looks empty in between.
        for (hops, sign) in [(changes.added, 1), (changes.removed, -1)] {
            for hop in hops {
                let edge = try edgeID(of: hop, db)
                let cell = Cell(minute: Int64(hop.time / Self.minute), edge: edge)
                records.append(HopRecord(hop, edge: edge, sign: sign))
                guard cell.minute > boundary else { continue }
                let index = try index(of: cell, db)
                cells.values[index].figures.apply(hop, sign: sign)
                if !cells.values[index].isChanged {
                    cells.values[index].isChanged = true
                    changed.append(cell)
                }
            }
        }
        for cell in changed { try write(cell, db) }
        let data = Data(HopRecord.encoded(records))
        try db.cachedStatement(sql: "INSERT INTO hops(received, data) VALUES (?, ?)")
            .execute(arguments: [Int64(bitPattern: received), data])
        try addSpanBytes(data.count, db)
        forgetOldCells()
    }

    // MARK: - Figures

    private func write(_ cell: Cell, _ db: Database) throws {
        cells[cell]!.isChanged = false
        let state = cells[cell]!
        if state.figures.isVoid {
            cells[cell] = nil
            try db.cachedStatement(sql: "DELETE FROM figures WHERE minute = ? AND edge = ?")
                .execute(arguments: [cell.minute, cell.edge])
            return
        }
        let data = Data(state.figures.encoded)
        if state.touched == age.hours {
            // Leaves the index by `touched` alone.
            try db.cachedStatement(sql: "UPDATE figures SET data = ? WHERE minute = ? AND edge = ?")
                .execute(arguments: [data, cell.minute, cell.edge])
        } else {
            try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO figures(minute, edge, data, touched) VALUES (?, ?, ?, ?)"
            )
            .execute(arguments: [cell.minute, cell.edge, data, age.hours])
            cells[cell]!.touched = age.hours
        }
    }

    /// Where a figure is in memory; it is read when it is not there.
    private func index(of cell: Cell, _ db: Database) throws -> Dictionary<Cell, CellState>.Index {
        if let index = cells.index(forKey: cell) { return index }
        cells[cell] = try state(of: cell, db)
        return cells.index(forKey: cell)!
    }

    private func state(of cell: Cell, _ db: Database) throws -> CellState {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT data, touched FROM figures WHERE minute = ? AND edge = ?"),
            arguments: [cell.minute, cell.edge])
        guard let row else { return CellState(figures: EdgeFigures()) }
        return CellState(figures: EdgeFigures(encoded: try row.blob("data")), touched: try row.number("touched"))
    }

    /// Keeps the cells of the newest minutes in memory; the others are read again when a late span needs them.
    private func forgetOldCells() {
        guard cells.count > Self.cellLimit else { return }
        let minutes = cells.keys.map(\.minute).sorted(by: >)
        let oldest = minutes[Self.cellLimit / 2]
        cells = cells.filter { $0.key.minute >= oldest }
        if cells.count > Self.cellLimit { cells = [:] }
    }

    // MARK: - Edges

    private func edgeID(of hop: JoinedHop, _ db: Database) throws -> Int64 {
        if let id = edgeIDsOfHops[hop.edge] { return id }
        let key = joiner.edge(of: hop)
        let id = try edges[key].map { try touched($0, key, db) } ?? insertEdge(key, db)
        edgeIDsOfHops[hop.edge] = id
        return id
    }

    /// An edge is touched once an hour at most: `edgeIDsOfHops` starts anew with each.
    private func touched(_ row: EdgeRow, _ key: EdgeKey, _ db: Database) throws -> Int64 {
        if row.touched != age.hours {
            try db.cachedStatement(sql: "UPDATE edges SET touched = ? WHERE id = ?")
                .execute(arguments: [age.hours, row.id])
            edges[key]!.touched = age.hours
        }
        return row.id
    }

    private func insertEdge(_ key: EdgeKey, _ db: Database) throws -> Int64 {
        try db.cachedStatement(
            sql: """
                INSERT INTO edges(kind, source, target, system, detail, temporary, touched)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            key.kind.rawValue, key.from, key.to, key.system, key.detail, key.isTemporary, age.hours,
        ])
        edges[key] = EdgeRow(id: db.lastInsertedRowID, touched: age.hours)
        edgeKeys[db.lastInsertedRowID] = key
        return db.lastInsertedRowID
    }
}

extension HopRecord {
    init(_ hop: JoinedHop, edge: Int64, sign: Int) {
        self.init(
            edge: edge, sign: sign, isError: hop.isError, isDuplicate: hop.isDuplicate, evidence: hop.evidence,
            time: hop.time, wait: hop.wait.map { $0 / 1_000 }, work: hop.work.map { $0 / 1_000 }, trace: hop.trace,
            messages: Int(hop.messages))
    }
}

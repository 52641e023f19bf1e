import CatalogModel
import SourceDiagnostics

/// What each messaging system guarantees, for people and for programs: the table that the rules compare needs with.
enum GuaranteeTable {
    static var text: String {
        var table = TextTable(
            ["SYSTEM", "FAN-OUT", "KEEPS", "REPLAY", "ORDER", "FIFO ORDER", "DELIVERY", "AT BEST", "DEAD LETTERS"].map {
                ($0, .left)
            })
        for (system, row) in rows {
            table.add([
                system.rawValue, row.fanOut.value ? "yes" : "no", row.persistence.value.rawValue,
                row.replay.value ? "yes" : row.fifoReplay?.value == true ? "fifo" : "no", row.ordering.value.rawValue,
                row.fifoOrdering?.value.rawValue ?? "-", row.delivery.value.rawValue,
                row.strongestDelivery.value.rawValue, row.needsDeadLetter.value ? "to set up" : "no need",
            ])
        }
        return table.text + "\nEvery cell has its source: flowglass explain --guarantees --json\n"
    }

    static var json: JSONValue {
        .array(
            rows.map { system, row in
                .object(
                    [
                        ("system", .string(system.rawValue)), ("title", .string(system.title)),
                        ("fanOut", cell(row.fanOut)), ("persistence", cell(row.persistence)),
                        ("replay", cell(row.replay)), ("ordering", cell(row.ordering)),
                        ("delivery", cell(row.delivery)), ("strongestDelivery", cell(row.strongestDelivery)),
                        ("needsDeadLetter", cell(row.needsDeadLetter)),
                    ]
                        + [
                            ("fifoOrdering", row.fifoOrdering.map(cell)), ("fifoDelivery", row.fifoDelivery.map(cell)),
                            ("fifoReplay", row.fifoReplay.map(cell)),
                        ].compactMap { name, value in value.map { (name, $0) } })
            })
    }

    private static var rows: [(MessagingSystem, Guarantees)] {
        MessagingSystem.allCases.compactMap { system in system.guarantees.map { (system, $0) } }
    }

    private static func cell(_ cell: Guarantees.Sourced<Bool>) -> JSONValue {
        ["value": .bool(cell.value), "source": .string(cell.source)]
    }

    private static func cell<Value: RawRepresentable<String>>(_ cell: Guarantees.Sourced<Value>) -> JSONValue {
        ["value": .string(cell.value.rawValue), "source": .string(cell.source)]
    }
}

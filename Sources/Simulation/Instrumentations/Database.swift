import OTLPCoding

extension Tracer {
    /// A statement sent to PostgreSQL, as `opentelemetry-instrumentation-psycopg` describes it.
    func statement(_ statement: String, database: String, in parent: TraceContext?) -> ActiveSpan {
        start(
            String(statement.prefix { $0 != " " }), .client, by: .psycopg, in: parent,
            attributes: [
                ("db.system", "postgresql"), ("db.name", .string(database)), ("db.statement", .string(statement)),
                ("net.peer.name", "postgres.booking.internal"),
            ])
    }
}

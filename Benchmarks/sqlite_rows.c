/* The reference for the durable store: raw SQLite, one row a span with two indexes, 512 rows a commit,
   synchronous=FULL. Prints spans a second and bytes a span. Usage: sqlite_rows FILE BYTES_PER_ROW */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static unsigned long long state = 1;
static unsigned long long next(void) {
    unsigned long long z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    int body = atoi(argv[2]), commits = 200, rows = 512;
    char *data = malloc(body);
    sqlite3 *db;
    if (sqlite3_open(argv[1], &db)) return 1;
    sqlite3_exec(db,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE spans(trace BLOB, span BLOB, start INTEGER, name TEXT, service TEXT, data BLOB);"
        "CREATE INDEX by_trace ON spans(trace); CREATE INDEX by_start ON spans(start);", 0, 0, 0);
    sqlite3_stmt *insert;
    sqlite3_prepare_v2(db, "INSERT INTO spans VALUES(?,?,?,?,?,?)", -1, &insert, 0);
    double begin = now();
    for (int c = 0; c < commits; c++) {
        sqlite3_exec(db, "BEGIN", 0, 0, 0);
        for (int r = 0; r < rows; r++) {
            unsigned long long trace[2] = {next(), next()}, span = next();
            for (int i = 0; i + 8 <= body; i += 8) { unsigned long long v = next(); memcpy(data + i, &v, 8); }
            sqlite3_bind_blob(insert, 1, trace, 16, SQLITE_TRANSIENT);
            sqlite3_bind_blob(insert, 2, &span, 8, SQLITE_TRANSIENT);
            sqlite3_bind_int64(insert, 3, 1767225600000000000ll + c * 1000000ll + r);
            sqlite3_bind_text(insert, 4, "order.placed publish", -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 5, "order-service", -1, SQLITE_STATIC);
            sqlite3_bind_blob(insert, 6, data, body, SQLITE_STATIC);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        if (sqlite3_exec(db, "COMMIT", 0, 0, 0)) return 1;
    }
    double time = now() - begin;
    sqlite3_finalize(insert);
    sqlite3_wal_checkpoint_v2(db, 0, SQLITE_CHECKPOINT_TRUNCATE, 0, 0);
    sqlite3_close(db);
    struct stat info;
    stat(argv[1], &info);
    printf("sqlite_spans_per_second %.6g\nsqlite_bytes_per_span %.6g\n",
           commits * rows / time, (double)info.st_size / (commits * rows));
    return 0;
}

#ifndef MDW_CSQLITE_SHIM_H
#define MDW_CSQLITE_SHIM_H

/// Turns off the checkpoint that SQLite runs when the last connection closes, which would happen outside of the
/// write gate. `connection` is a `sqlite3 *`; the call is wrapped because `sqlite3_db_config` is variadic.
/// Returns the SQLite result code.
int mdw_sqlite_no_checkpoint_on_close(void *connection);

/// The start of the index of the write-ahead log, which all processes on the database share; valid until `connection`, a
/// `sqlite3 *`, is closed. The database must be in WAL mode and have been read by the connection.
/// Null when it can't be had.
const void *mdw_sqlite_wal_index(void *connection);

#endif

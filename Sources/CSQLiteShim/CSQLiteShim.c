#include "CSQLiteShim.h"
#include <sqlite3.h>

int mdw_sqlite_no_checkpoint_on_close(void *connection) {
    return sqlite3_db_config((sqlite3 *)connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

const void *mdw_sqlite_wal_index(void *connection) {
    // The size of a region of the index, which SQLite always asks for (walformat.html).
    enum { region_size = 32768 };
    sqlite3_file *file = 0;
    if (sqlite3_file_control((sqlite3 *)connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return 0;
    if (!file || !file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap) return 0;
    void volatile *region = 0;
    // Maps nothing new: a connection that has read a database in WAL mode has mapped its first region.
    if (file->pMethods->xShmMap(file, 0, region_size, 0, &region) != SQLITE_OK) return 0;
    return (const void *)region;
}

// What mdw uses of ncurses, signals and the C library's character widths, behind plain C functions.
//
// curses.h itself stays out of this header: its globals (stdscr, curscr, LINES) are refused by Swift's strict
// concurrency, its macros and variadic functions can't be imported, and its names (filter, move, erase) are too common.
#ifndef MDW_CNCURSES_H
#define MDW_CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- Width (width.c)

/// Columns of a character by wcwidth under the locale C.UTF-8: 0, 1, 2, or -1 when it can't be printed.
/// May be called from any thread.
int mdw_width(uint32_t scalar);

// ---- Screen (screen.c). All of it belongs to the one thread that opened the screen.

/// One cell for ncurses: base character and up to two combining marks of 21 bits each, 0 for the right half of a wide
/// character; attributes are MDW_BOLD and so on; pair is one set by mdw_screen_pair, or 0.
typedef struct mdw_cell {
    uint64_t glyph;
    uint32_t attributes;
    int32_t pair;
} mdw_cell;

enum {
    MDW_BOLD = 1,
    MDW_DIM = 2,
    MDW_UNDERLINE = 4,
    MDW_REVERSE = 8,
    MDW_ITALIC = 16,
};

typedef enum mdw_opening {
    MDW_OPENED = 0,
    MDW_UNKNOWN_TYPE,
    MDW_BUSY,
    MDW_NO_RESOURCES,
} mdw_opening;

/// Opens the only screen of the process: raw mode, alternate screen, keypad, hidden cursor.
mdw_opening mdw_screen_open(const char *type, int input, int output);
/// Leaves the alternate screen, gives the terminal its modes back and frees the screen.
void mdw_screen_close(void);
/// As close, but resume takes the screen back and repaints it.
void mdw_screen_leave(void);
void mdw_screen_resume(void);
void mdw_screen_resize(int rows, int columns);
/// The next flush repaints every cell.
void mdw_screen_invalidate(void);

/// Puts cells into the screen; nothing is written before mdw_screen_flush.
void mdw_screen_put(int row, int column, const mdw_cell *cells, int count);
/// Works out what has to be written for the changes, and returns it, to be used before the next call here, which is
/// mdw_screen_flushed; NULL when that is nothing. A negative row hides the cursor.
///
/// Where the bytes can't be caught, ncurses writes them itself and NULL is returned.
uint8_t *mdw_screen_flush(int row, int column, size_t *count);
/// Erases what mdw_screen_flush returned.
void mdw_screen_flushed(size_t count);

/// Colours, 0 when there are none; pairs that can be set.
int mdw_screen_colors(void);
int mdw_screen_pairs(void);
/// Sets a colour pair; -1 is the terminal's default colour.
bool mdw_screen_pair(int pair, int foreground, int background);

/// A string capability of terminfo, or NULL.
const char *mdw_screen_string(const char *name);
/// Whether terminfo has the capability as a flag, a number or a string.
bool mdw_screen_has(const char *name);

/// Size of the terminal behind a descriptor; false when it has none.
bool mdw_terminal_size(int descriptor, int *rows, int *columns);
/// Writes all of it, unless the terminal is gone.
void mdw_write(int descriptor, const void *bytes, size_t count);
/// Overwrites bytes with zeros, also when nobody reads them any more.
void mdw_erase(void *bytes, size_t count);
/// A non-blocking counter that poll can wait for, or -1.
int mdw_counter_open(void);

// ---- Restoring (restore.c)

/// Keeps the terminal's modes, to be put back by mdw_restore_now, at exit, and by the crash handlers.
bool mdw_restore_save(int input, int output);
/// Sets the bytes that are written besides; at most 512.
void mdw_restore_arm(const void *bytes, size_t count);
/// From here on there is nothing to put back but what mdw_restore_modes does.
void mdw_restore_disarm(void);
/// Puts back only the saved modes.
void mdw_restore_modes(void);
/// Puts modes and screen back, once. Async-signal-safe.
void mdw_restore_now(void);
/// Handlers for SEGV, ABRT, BUS, ILL, TRAP and FPE that restore the terminal and then end the process by the
/// same signal.
void mdw_crash_install(void);
void mdw_crash_uninstall(void);

// ---- Signals (signals.c)

/// Routes TERM, HUP, INT, QUIT, TSTP, CONT and WINCH into a pipe and returns its reading end, or -1.
/// Whoever was ignored at the start (nohup) stays ignored. The third of TERM, HUP, INT and QUIT that nobody took from
/// the pipe restores the terminal and ends the process, so that a hung program can be stopped by hand.
int mdw_signals_install(void);
void mdw_signals_uninstall(void);
/// The next signal that came in, or 0.
int mdw_signals_next(void);
/// Stops the process group as ^Z does; returns when it is continued, or at once when there is nobody to continue it.
void mdw_signals_stop(void);

#endif

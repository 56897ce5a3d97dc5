#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include "CNcurses.h"
#include "locale_once.h"
#include "terminfo.h"

#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#else
#include <curses.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

static SCREEN *screen;
static FILE *input_file;
static FILE *output_file;
/// A file in memory that takes what ncurses writes for a frame; -1 without one.
static int capture = -1;
/// The start of that file; more than the largest screen takes, most of it never in memory.
static uint8_t *captured;
enum { CAPTURED_ROOM = 1 << 28 };
/// The terminal, beside the copy that leads into the file meanwhile.
static int terminal = -1;

static void nothing(int number) { (void)number; }

/// newterm takes over signals that have their default action, and delscreen never gives them back: so they have
/// another action while newterm looks.
static SCREEN *newterm_without_signals(const char *type) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    struct sigaction before[COUNT];
    struct sigaction placeholder = {.sa_handler = nothing, .sa_flags = SA_RESTART};
    sigemptyset(&placeholder.sa_mask);
    for (int i = 0; i < COUNT; i++) {
        sigaction(numbers[i], NULL, &before[i]);
        if (before[i].sa_handler == SIG_DFL) {
            sigaction(numbers[i], &placeholder, NULL);
        }
    }
    SCREEN *made = newterm(type, output_file, input_file);
    for (int i = 0; i < COUNT; i++) {
        sigaction(numbers[i], &before[i], NULL);
    }
    return made;
}

static FILE *open_copy(int descriptor, const char *mode) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) {
        return NULL;
    }
    FILE *file = fdopen(copy, mode);
    if (file == NULL) {
        close(copy);
    }
    return file;
}

/// Where ncurses writes a frame to, so that it can be sent in one piece; without it, ncurses sends it itself.
static void open_capture(int output) {
    capture = memfd_create("frame", MFD_CLOEXEC);
    terminal = fcntl(output, F_DUPFD_CLOEXEC, 3);
    if (capture < 0 || terminal < 0) {
        return;
    }
    void *start = mmap(NULL, CAPTURED_ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, capture, 0);
    captured = start == MAP_FAILED ? NULL : start;
}

static void close_capture(void) {
    if (captured != NULL) {
        munmap(captured, CAPTURED_ROOM);
    }
    captured = NULL;
    if (capture >= 0) {
        close(capture);
    }
    if (terminal >= 0) {
        close(terminal);
    }
    capture = terminal = -1;
}

static void close_files(void) {
    if (input_file != NULL) {
        fclose(input_file);
    }
    if (output_file != NULL) {
        fclose(output_file);
    }
    input_file = output_file = NULL;
    close_capture();
}

mdw_opening mdw_screen_open(const char *type, int input, int output) {
    if (screen != NULL) {
        return MDW_BUSY;
    }
    if (!mdw_terminfo_knows(type, output)) {
        return MDW_UNKNOWN_TYPE;
    }
    mdw_locale_once();
    input_file = open_copy(input, "r");
    output_file = open_copy(output, "w");
    open_capture(output);
    if (input_file == NULL || output_file == NULL) {
        close_files();
        return MDW_NO_RESOURCES;
    }
    screen = newterm_without_signals(type);
    if (screen == NULL) {
        close_files();
        return MDW_UNKNOWN_TYPE;
    }
    set_term(screen);
    raw();
    noecho();
    nonl();
    // Without this, doupdate stops halfway when a key is waiting.
    typeahead(-1);
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    scrollok(stdscr, FALSE);
    idlok(stdscr, TRUE);
    leaveok(stdscr, TRUE);
    curs_set(0);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    return MDW_OPENED;
}

void mdw_screen_close(void) {
    if (screen == NULL) {
        return;
    }
    endwin();
    delscreen(screen);
    screen = NULL;
    close_files();
}

void mdw_screen_leave(void) { endwin(); }

void mdw_screen_resume(void) {
    clearok(curscr, TRUE);
    wnoutrefresh(stdscr);
    doupdate();
}

void mdw_screen_resize(int rows, int columns) {
    resizeterm(rows, columns);
    flushinp();
}

void mdw_screen_invalidate(void) { clearok(curscr, TRUE); }

static attr_t curses_attributes(uint32_t attributes) {
    attr_t made = A_NORMAL;
    if (attributes & MDW_BOLD) {
        made |= A_BOLD;
    }
    if (attributes & MDW_DIM) {
        made |= A_DIM;
    }
    if (attributes & MDW_UNDERLINE) {
        made |= A_UNDERLINE;
    }
    if (attributes & MDW_REVERSE) {
        made |= A_REVERSE;
    }
    if (attributes & MDW_ITALIC) {
        made |= A_ITALIC;
    }
    return made;
}

void mdw_screen_put(int row, int column, const mdw_cell *cells, int count) {
    enum { CHUNK = 256 };
    const uint64_t mask = (1u << 21) - 1;
    cchar_t run[CHUNK];
    int length = 0;
    int start = column;
    for (int i = 0; i < count; i++) {
        uint64_t glyph = cells[i].glyph;
        if (glyph != 0) {
            if (length == CHUNK) {
                mvwadd_wchnstr(stdscr, row, start, run, length);
                length = 0;
                start = column + i;
            }
            wchar_t text[] = {
                (wchar_t)(glyph & mask), (wchar_t)(glyph >> 21 & mask), (wchar_t)(glyph >> 42 & mask), 0,
            };
            int pair = cells[i].pair;
            setcchar(&run[length++], text, curses_attributes(cells[i].attributes), 0, &pair);
        }
    }
    if (length > 0) {
        mvwadd_wchnstr(stdscr, row, start, run, length);
    }
}

static void update(int row, int column) {
    if (row < 0) {
        curs_set(0);
        leaveok(stdscr, TRUE);
    } else {
        leaveok(stdscr, FALSE);
        wmove(stdscr, row, column);
        curs_set(1);
    }
    wnoutrefresh(stdscr);
    doupdate();
}

uint8_t *mdw_screen_flush(int row, int column, size_t *count) {
    // ncurses writes to its own copy of the descriptor, which leads into a file in memory for as long as it writes.
    int output = fileno(output_file);
    if (captured == NULL || dup3(capture, output, O_CLOEXEC) < 0) {
        update(row, column);
        return NULL;
    }
    update(row, column);
    dup3(terminal, output, O_CLOEXEC);

    off_t length = lseek(capture, 0, SEEK_CUR);
    if (length <= 0) {
        return NULL;
    }
    *count = (size_t)length;
    return captured;
}

void mdw_screen_flushed(size_t count) {
    // What a frame showed stays nowhere, and a large one does not keep its memory.
    mdw_erase(captured, count);
    if (count > 1 << 20) {
        (void)!ftruncate(capture, 0);
    }
    lseek(capture, 0, SEEK_SET);
}

int mdw_screen_colors(void) { return has_colors() ? COLORS : 0; }

int mdw_screen_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }

bool mdw_screen_pair(int pair, int foreground, int background) {
    return init_extended_pair(pair, foreground, background) == OK;
}

const char *mdw_screen_string(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

bool mdw_screen_has(const char *name) {
    return tigetflag(name) > 0 || tigetnum(name) > 0 || mdw_screen_string(name) != NULL;
}

bool mdw_terminal_size(int descriptor, int *rows, int *columns) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
        return false;
    }
    *rows = size.ws_row;
    *columns = size.ws_col;
    return true;
}

void mdw_write(int descriptor, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        ssize_t written = write(descriptor, next, count);
        if (written > 0) {
            next += written;
            count -= (size_t)written;
        } else if (written == 0 || (errno != EINTR && errno != EAGAIN)) {
            return;
        }
    }
}

void mdw_erase(void *bytes, size_t count) { explicit_bzero(bytes, count); }

int mdw_counter_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

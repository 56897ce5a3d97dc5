// term.h defines common words (lines, columns, tab) as macros: it stays in this file.
#include "terminfo.h"

#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#include <ncursesw/term.h>
#else
#include <curses.h>
#include <term.h>
#endif

bool mdw_terminfo_knows(const char *type, int descriptor) {
    int problem;
    if (setupterm(type, descriptor, &problem) != OK) {
        return false;
    }
    del_curterm(cur_term);
    return true;
}

#ifndef MDW_LOCALE_ONCE_H
#define MDW_LOCALE_ONCE_H

/// Makes characters UTF-8 for wcwidth and ncurses, whatever the environment says, once in the life of the process.
void mdw_locale_once(void);

#endif

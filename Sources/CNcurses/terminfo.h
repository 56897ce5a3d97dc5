#ifndef MDW_TERMINFO_H
#define MDW_TERMINFO_H

#include <stdbool.h>

/// Whether terminfo knows a terminal type; asked because newterm leaks memory when it doesn't.
bool mdw_terminfo_knows(const char *type, int descriptor);

#endif

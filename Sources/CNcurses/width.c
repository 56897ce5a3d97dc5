#define _XOPEN_SOURCE 700
#include "CNcurses.h"
#include "locale_once.h"

#include <wchar.h>

int mdw_width(uint32_t scalar) {
    mdw_locale_once();
    return wcwidth((wchar_t)scalar);
}

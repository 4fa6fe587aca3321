#pragma once
// PCRE2 for UTF-8 and other bytes: the width is chosen by this macro before the header.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

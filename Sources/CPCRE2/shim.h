#pragma once
// PCRE2 with 8-bit code units; the macro must precede the header.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

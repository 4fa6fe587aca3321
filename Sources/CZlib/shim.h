#pragma once
#include <zlib.h>

// inflateInit2 is a macro; a negative window means a bare deflate stream, as zip holds it.
static inline int fx_inflate_bare(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }

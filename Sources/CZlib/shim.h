#pragma once
#include <zlib.h>

// inflateInit2 is a macro; a negative window size selects raw deflate, which zip files contain.
static inline int fx_inflate_gzip(z_stream *stream) { return inflateInit2(stream, MAX_WBITS + 16); }
static inline int fx_inflate_bare(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }

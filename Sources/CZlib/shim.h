#pragma once
#include <zlib.h>

// inflateInit2 is a macro; a negative window size selects raw deflate, which zip files contain.
static inline int fx_inflate_gzip(z_stream *stream) { return inflateInit2(stream, MAX_WBITS + 16); }
static inline int fx_inflate_bare(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }

// deflateInit2 is a macro, too; 16 more than the window size selects gzip. Level 5 needs half the time of
// level 6 for 2 % more bytes.
static inline int fx_deflate_gzip(z_stream *stream) {
  return deflateInit2(stream, 5, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

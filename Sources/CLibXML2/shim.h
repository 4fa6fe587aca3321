#pragma once
// libxml2 without ICU: its headers would pull in ICU's, which clash with those inside Foundation.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// iconv, the C library's converter that libxml2 itself uses for charsets.
#include <errno.h>
#include <iconv.h>

// A converter to UTF-8; NULL where the C library lacks the charset.
static inline iconv_t fx_iconv_open(const char *charset) {
  iconv_t converter = iconv_open("UTF-8", charset);
  return converter == (iconv_t)-1 ? NULL : converter;
}

// Converts as far as it can: 0 when all is done, else errno (errno is no Swift symbol).
static inline int fx_iconv(iconv_t converter, char **in, size_t *in_left, char **out,
                           size_t *out_left) {
  return iconv(converter, in, in_left, out, out_left) == (size_t)-1 ? errno : 0;
}

// xmlFree is a variable of a function pointer, which Swift 6 will not touch.
static inline void fx_xml_free(void *memory) { xmlFree(memory); }

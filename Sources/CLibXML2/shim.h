#pragma once
// libxml2 without ICU, whose headers conflict with those inside Foundation.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// iconv, the C library's charset converter, which libxml2 uses too.
#include <errno.h>
#include <iconv.h>

// Returns a converter to UTF-8; NULL if the C library does not support the charset.
static inline iconv_t fx_iconv_open(const char *charset) {
  iconv_t converter = iconv_open("UTF-8", charset);
  return converter == (iconv_t)-1 ? NULL : converter;
}

// Converts as much as possible; returns 0 if all was converted, otherwise errno, which Swift cannot
// import.
static inline int fx_iconv(iconv_t converter, char **in, size_t *in_left, char **out,
                           size_t *out_left) {
  return iconv(converter, in, in_left, out, out_left) == (size_t)-1 ? errno : 0;
}

// xmlFree is a global variable with a function pointer, which Swift 6 rejects as not concurrency-safe.
static inline void fx_xml_free(void *memory) { xmlFree(memory); }

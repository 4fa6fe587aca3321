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
#include <stdlib.h>
#include <string.h>

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

// Ends the process if libxml2 gets no memory, instead of an answer that looks like a bad document: for
// processes that may only read one document.
static inline void *fx_xml_malloc(size_t size) {
  void *memory = malloc(size);
  if (!memory) abort();
  return memory;
}
static inline void *fx_xml_realloc(void *old, size_t size) {
  void *memory = realloc(old, size);
  if (!memory) abort();
  return memory;
}
static inline char *fx_xml_strdup(const char *text) {
  char *copy = strdup(text);
  if (!copy) abort();
  return copy;
}
static inline void fx_xml_end_without_memory(void) {
  xmlMemSetup(free, fx_xml_malloc, fx_xml_realloc, fx_xml_strdup);
}

// xmlFree is a global variable with a function pointer, which Swift 6 rejects as not concurrency-safe.
static inline void fx_xml_free(void *memory) { xmlFree(memory); }

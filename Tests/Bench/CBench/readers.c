#include "bench.h"
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

// Finds lines like `KGS/USD = 0.01144 -0.86%` with the fewest possible checks.
double bench_scan_ticker(const char *text, size_t count, int64_t *found) {
  double start = bench_now();
  int64_t sum = 0;
  *found = 0;
  for (size_t i = 0; i + 11 < count; i++) {
    if (text[i] != '/' || text[i + 5] != '=') continue;
    size_t j = i + 7;
    int64_t number = 0;
    for (; j < count && (text[j] == '.' || (text[j] >= '0' && text[j] <= '9')); j++)
      if (text[j] != '.') number = number * 10 + (text[j] - '0');
    for (; j < count && text[j] != '%' && text[j] != '\n'; j++) {
    }
    sum += number;
    ++*found;
    i = j;
  }
  if (sum < 0) *found = 0;
  return bench_now() - start;
}

double bench_html(const char *text, size_t count, const char *rows, const char *first,
                  const char *second, int64_t *found) {
  double start = bench_now();
  *found = 0;
  htmlDocPtr page = htmlReadMemory(
      text, (int)count, NULL, "UTF-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NONET);
  xmlXPathContextPtr context = xmlXPathNewContext(page);
  xmlXPathCompExprPtr cells[2] = {xmlXPathCompile((const xmlChar *)first),
                                  xmlXPathCompile((const xmlChar *)second)};
  xmlXPathObjectPtr all = xmlXPathEvalExpression((const xmlChar *)rows, context);
  for (int i = 0; all->nodesetval && i < all->nodesetval->nodeNr; i++) {
    context->node = all->nodesetval->nodeTab[i];
    for (int cell = 0; cell < 2; cell++) {
      xmlXPathObjectPtr value = xmlXPathCompiledEval(cells[cell], context);
      xmlChar *string = xmlXPathCastToString(value);
      *found += string[0] != 0;
      xmlFree(string);
      xmlXPathFreeObject(value);
    }
  }
  xmlXPathFreeObject(all);
  xmlXPathFreeCompExpr(cells[0]);
  xmlXPathFreeCompExpr(cells[1]);
  xmlXPathFreeContext(context);
  xmlFreeDoc(page);
  return bench_now() - start;
}

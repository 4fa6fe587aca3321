#pragma once
// libcurl, with what Swift cannot call wrapped: its setters and getters are variadic.
#include <curl/curl.h>

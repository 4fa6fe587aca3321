#pragma once
// libmosquitto, opened when a config has a notifier for MQTT. The program is not linked with it, so that
// an installation without such a notifier does not need the package libmosquitto1.
#include <dlfcn.h>
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <stddef.h>

// The functions of libmosquitto that are used, with the types of its header.
#define FX_MOSQUITTO_FUNCTIONS(function) \
  function(mosquitto_lib_init) function(mosquitto_new) function(mosquitto_destroy) \
  function(mosquitto_int_option) function(mosquitto_username_pw_set) function(mosquitto_tls_set) \
  function(mosquitto_will_set_v5) function(mosquitto_connect_bind_async) \
  function(mosquitto_disconnect) function(mosquitto_socket) function(mosquitto_want_write) \
  function(mosquitto_loop_read) function(mosquitto_loop_write) function(mosquitto_loop_misc) \
  function(mosquitto_publish_v5) function(mosquitto_subscribe_v5) \
  function(mosquitto_connect_v5_callback_set) function(mosquitto_disconnect_v5_callback_set) \
  function(mosquitto_publish_v5_callback_set) function(mosquitto_subscribe_v5_callback_set) \
  function(mosquitto_message_v5_callback_set) function(mosquitto_log_callback_set) \
  function(mosquitto_property_add_string) function(mosquitto_property_add_string_pair) \
  function(mosquitto_property_free_all) function(mosquitto_strerror)

typedef struct fx_mosquitto {
#define FX_MOSQUITTO_MEMBER(name) __typeof__(&name) name;
  FX_MOSQUITTO_FUNCTIONS(FX_MOSQUITTO_MEMBER)
#undef FX_MOSQUITTO_MEMBER
} fx_mosquitto;

// Opens libmosquitto and looks its functions up; returns 0 if it is not installed or lacks one of them.
static inline int fx_mosquitto_open(fx_mosquitto *table) {
  void *library = dlopen("libmosquitto.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 0;
#define FX_MOSQUITTO_LOOKUP(name) \
  if ((table->name = (__typeof__(&name))dlsym(library, #name)) == NULL) return 0;
  FX_MOSQUITTO_FUNCTIONS(FX_MOSQUITTO_LOOKUP)
#undef FX_MOSQUITTO_LOOKUP
  return table->mosquitto_lib_init() == MOSQ_ERR_SUCCESS;
}

/* The properties of rtspsrc, so that its name in a pipeline can be replaced by this element's: what
 * each one means here, an option of photofinish, a property of rtpbin, or nothing. */
#ifndef PF_COMPAT_H
#define PF_COMPAT_H

#include <gst/gst.h>

typedef enum {
  PF_USE_OWN,        /* the element reads it itself */
  PF_USE_OPTION,     /* becomes an option of photofinish */
  PF_USE_RTPBIN,     /* a property of rtpbin with the same name */
  PF_USE_NONE,       /* is without meaning here, whatever its value */
  PF_USE_UNSUPPORTED /* another value than the default is not supported, and a warning */
} PfUse;

typedef enum {
  PF_COMPAT_LOCATION,
  PF_COMPAT_USER_ID,
  PF_COMPAT_USER_PW,
  PF_COMPAT_PROTOCOLS,
  PF_COMPAT_TIMEOUT,
  PF_COMPAT_TCP_TIMEOUT,
  PF_COMPAT_PROXY_ID,
  PF_COMPAT_PROXY_PW,
  PF_COMPAT_MULTICAST_IFACE,
  PF_COMPAT_TLS_VALIDATION_FLAGS,
  PF_COMPAT_TLS_DATABASE,
  PF_COMPAT_ONVIF_MODE,
  PF_COMPAT_ONVIF_RATE_CONTROL,
  PF_COMPAT_BACKCHANNEL,
  PF_COMPAT_LATENCY,
  PF_COMPAT_BUFFER_MODE,
  PF_COMPAT_PROBATION,
  PF_COMPAT_MAX_TS_OFFSET_ADJUSTMENT,
  PF_COMPAT_OTHERS /* the first of those that need no code of their own */
} PfCompat;

guint pf_compat_count (void);
GParamSpec *pf_compat_spec (guint property);
PfUse pf_compat_use (guint property);
const char *pf_compat_name (guint property);

typedef void (*PfOptionSetter) (gpointer data, const char *option, const char *text);

/* Gives set the options that a property of rtspsrc stands for; proxy is the option of that name or
 * NULL, to which proxy-id and proxy-pw belong. */
void pf_compat_options (const GValue *values, const gboolean *given, const char *proxy,
    PfOptionSetter set, gpointer data);
/* Sets a property of rtpbin. */
void pf_compat_rtpbin (guint property, const GValue *value, GstElement *rtpbin);

#endif

/* The values of all properties that can be written, and which of them the application has set. Not
 * synchronised: the element locks. */
#ifndef PF_SETTINGS_H
#define PF_SETTINGS_H

#include "compat.h"

typedef struct {
  GValue *values; /* the options, then the properties of rtspsrc */
  gboolean *given;
} PfSettings;

/* The first id of a property that is not one of these. */
guint pf_settings_end (void);
void pf_settings_install (GObjectClass *klass);
void pf_settings_init (PfSettings *settings);
void pf_settings_clear (PfSettings *settings);
void pf_settings_set (PfSettings *settings, guint id, const GValue *value);
void pf_settings_get (const PfSettings *settings, guint id, GValue *value);
const GValue *pf_settings_compat (const PfSettings *settings, PfCompat property);
/* Sets the location as a URI handler does. */
void pf_settings_set_location (PfSettings *settings, const char *location);

/* The JSON text of `open`. */
char *pf_settings_open (const PfSettings *settings);
/* Configures rtpbin. */
void pf_settings_apply (const PfSettings *settings, GstElement *rtpbin);
/* Takes over a change of the property id in an rtpbin that runs, if it is one of its. */
void pf_settings_change (guint id, const GValue *value, GstElement *rtpbin);
/* The names of the properties that have a value that is not supported, NULL if none has. */
char *pf_settings_unsupported (const PfSettings *settings);

#endif

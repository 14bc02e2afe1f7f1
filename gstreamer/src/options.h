/* The properties that are options of photofinish itself, from the generated options.inc. */
#ifndef PF_OPTIONS_H
#define PF_OPTIONS_H

#include <gst/gst.h>

typedef enum {
  PF_ENUM,
  PF_BOOLEAN,
  PF_INT,
  PF_INT64,
  PF_DOUBLE,
  PF_TIME, /* nanoseconds */
  PF_STRING
} PfOptionType;

typedef struct {
  const char *name;
  PfOptionType type;
  gint64 min, max, def;
  double fmin, fmax, fdef;
  const char *text;        /* PF_STRING: the default */
  const char *word;        /* PF_INT: what word_value stands for */
  gint64 word_value;
  const char *enum_name;
  const char *const *nicks;
  const char *blurb;
} PfOption;

guint pf_options_count (void);
/* The option with that name; -1 where there is none. */
gint pf_options_find (const char *name);
const char *pf_options_name (guint option);
/* The property of an option. */
GParamSpec *pf_options_spec (guint option);
/* The value as the process reads it. */
char *pf_options_text (guint option, const GValue *value);

#endif

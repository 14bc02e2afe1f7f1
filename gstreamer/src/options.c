#include "options.h"

#include <string.h>

static const PfOption options[] = {
#include "options.inc"
};

guint
pf_options_count (void)
{
  return G_N_ELEMENTS (options);
}

gint
pf_options_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (strcmp (options[i].name, name) == 0)
      return (gint) i;
  return -1;
}

const char *
pf_options_name (guint option)
{
  return options[option].name;
}

static GType
enum_type (const PfOption *option)
{
  GType known = g_type_from_name (option->enum_name);
  if (known != 0)
    return known;
  guint count = g_strv_length ((char **) option->nicks);
  /* GObject keeps them for ever. */
  GEnumValue *values = g_new0 (GEnumValue, count + 1);
  for (guint i = 0; i < count; i++)
    values[i] = (GEnumValue) {(gint) i, option->nicks[i], option->nicks[i]};
  return g_enum_register_static (option->enum_name, values);
}

GParamSpec *
pf_options_spec (guint index)
{
  const PfOption *o = &options[index];
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY;
  switch (o->type) {
    case PF_ENUM:
      return g_param_spec_enum (o->name, o->name, o->blurb, enum_type (o), (gint) o->def, flags);
    case PF_BOOLEAN:
      return g_param_spec_boolean (o->name, o->name, o->blurb, o->def != 0, flags);
    case PF_INT:
      return g_param_spec_int (o->name, o->name, o->blurb, (gint) o->min, (gint) o->max,
          (gint) o->def, flags);
    case PF_INT64:
      return g_param_spec_int64 (o->name, o->name, o->blurb, o->min, o->max, o->def, flags);
    case PF_DOUBLE:
      return g_param_spec_double (o->name, o->name, o->blurb, o->fmin, o->fmax, o->fdef, flags);
    case PF_TIME:
      return g_param_spec_uint64 (o->name, o->name, o->blurb, (guint64) o->min, (guint64) o->max,
          (guint64) o->def, flags);
    case PF_STRING:
    default:
      return g_param_spec_string (o->name, o->name, o->blurb, *o->text != 0 ? o->text : NULL,
          flags);
  }
}

static char *
number_text (const PfOption *option, gint64 number)
{
  if (option->word != NULL && number == option->word_value)
    return g_strdup (option->word);
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

char *
pf_options_text (guint index, const GValue *value)
{
  const PfOption *o = &options[index];
  char real[G_ASCII_DTOSTR_BUF_SIZE];
  switch (o->type) {
    case PF_ENUM:
      return g_strdup (o->nicks[g_value_get_enum (value)]);
    case PF_BOOLEAN:
      return g_strdup (g_value_get_boolean (value) ? "on" : "off");
    case PF_INT:
      return number_text (o, g_value_get_int (value));
    case PF_INT64:
      return number_text (o, g_value_get_int64 (value));
    case PF_DOUBLE:
      return g_strdup (g_ascii_dtostr (real, sizeof real, g_value_get_double (value)));
    case PF_TIME: {
      guint64 ms = (g_value_get_uint64 (value) + 500000) / 1000000;
      return ms == 0 ? g_strdup ("0") : g_strdup_printf ("%" G_GUINT64_FORMAT "ms", ms);
    }
    case PF_STRING:
    default:
      return g_value_dup_string (value);
  }
}

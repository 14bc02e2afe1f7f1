#include "settings.h"

#include "json.h"
#include "options.h"
#include "uri.h"

#include <string.h>

static GParamSpec **specs;
/* Of specs, those that are options. */
static guint n_options, n_specs;

guint
pf_settings_end (void)
{
  return n_specs + 1;
}

void
pf_settings_install (GObjectClass *klass)
{
  n_options = pf_options_count ();
  specs = g_new0 (GParamSpec *, n_options + pf_compat_count ());
  for (guint i = 0; i < n_options; i++)
    specs[n_specs++] = pf_options_spec (i);
  for (guint i = 0; i < pf_compat_count (); i++)
    specs[n_specs++] = pf_compat_spec (i);
  for (guint i = 0; i < n_specs; i++)
    g_object_class_install_property (klass, i + 1, specs[i]);
}

void
pf_settings_init (PfSettings *settings)
{
  settings->values = g_new0 (GValue, n_specs);
  settings->given = g_new0 (gboolean, n_specs);
  for (guint i = 0; i < n_specs; i++) {
    g_value_init (&settings->values[i], specs[i]->value_type);
    g_param_value_set_default (specs[i], &settings->values[i]);
  }
}

void
pf_settings_clear (PfSettings *settings)
{
  for (guint i = 0; i < n_specs; i++)
    g_value_unset (&settings->values[i]);
  g_clear_pointer (&settings->values, g_free);
  g_clear_pointer (&settings->given, g_free);
}

void
pf_settings_set (PfSettings *settings, guint id, const GValue *value)
{
  g_value_copy (value, &settings->values[id - 1]);
  settings->given[id - 1] = TRUE;
}

void
pf_settings_get (const PfSettings *settings, guint id, GValue *value)
{
  g_value_copy (&settings->values[id - 1], value);
}

const GValue *
pf_settings_compat (const PfSettings *settings, PfCompat property)
{
  return &settings->values[n_options + property];
}

void
pf_settings_set_location (PfSettings *settings, const char *location)
{
  g_value_set_string (&settings->values[n_options + PF_COMPAT_LOCATION], location);
  settings->given[n_options + PF_COMPAT_LOCATION] = TRUE;
}

static void
write_member (GString *json, const char *name, const char *text)
{
  if (json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  pf_json_write_text (json, name);
  g_string_append_c (json, ':');
  pf_json_write_text (json, text);
}

typedef struct {
  const PfSettings *settings;
  GString *json;
} Writer;

/* An option that was set itself is not changed by a property of rtspsrc. */
static void
write_compat (gpointer data, const char *name, const char *text)
{
  Writer *writer = data;
  gint option = pf_options_find (name);
  gboolean proxy = strcmp (name, "proxy") == 0;
  if (option >= 0 && (proxy || !writer->settings->given[option]))
    write_member (writer->json, name, text);
}

static void
write_options (const PfSettings *settings, GString *json)
{
  const char *proxy = NULL;
  for (guint i = 0; i < n_options; i++) {
    if (!settings->given[i])
      continue;
    char *text = pf_options_text (i, &settings->values[i]);
    if (strcmp (pf_options_name (i), "proxy") == 0)
      proxy = g_value_get_string (&settings->values[i]);
    else if (text != NULL)
      write_member (json, pf_options_name (i), text);
    g_free (text);
  }
  Writer writer = {settings, json};
  pf_compat_options (settings->values + n_options, settings->given + n_options, proxy,
      write_compat, &writer);
}

/* The process shows certificates that it does not trust itself. A database of the application's holds
 * in place of what it trusts. */
static const char *
shown_certificates (const PfSettings *settings)
{
  gboolean insecure = g_value_get_boolean (&settings->values[pf_options_find ("tls-insecure")]);
  gpointer database = g_value_get_object (pf_settings_compat (settings, PF_COMPAT_TLS_DATABASE));
  return database != NULL && !insecure ? "all" : "untrusted";
}

char *
pf_settings_open (const PfSettings *settings)
{
  GString *json = g_string_new ("{");
  PfLocation location;
  pf_location_read (g_value_get_string (pf_settings_compat (settings, PF_COMPAT_LOCATION)),
      &location);
  write_member (json, "location", location.location);
  g_free (location.location);
  const char *user = g_value_get_string (pf_settings_compat (settings, PF_COMPAT_USER_ID));
  const char *password = g_value_get_string (pf_settings_compat (settings, PF_COMPAT_USER_PW));
  if (user != NULL)
    write_member (json, "user-id", user);
  if (password != NULL)
    write_member (json, "user-pw", password);
  write_member (json, "certificates", shown_certificates (settings));
  g_string_append (json, ",\"options\":{");
  write_options (settings, json);
  g_string_append (json, "}}");
  return g_string_free (json, FALSE);
}

/* Whether its default is not that of rtpbin. */
static gboolean
has_default (guint property)
{
  return property == PF_COMPAT_LATENCY || property == PF_COMPAT_BUFFER_MODE
      || property == PF_COMPAT_MAX_TS_OFFSET_ADJUSTMENT;
}

void
pf_settings_apply (const PfSettings *settings, GstElement *rtpbin)
{
  for (guint i = 0; i < pf_compat_count (); i++)
    if (pf_compat_use (i) == PF_USE_RTPBIN && (settings->given[n_options + i] || has_default (i)))
      pf_compat_rtpbin (i, pf_settings_compat (settings, i), rtpbin);
}

void
pf_settings_change (guint id, const GValue *value, GstElement *rtpbin)
{
  if (id <= n_options)
    return;
  guint property = id - 1 - n_options;
  if (pf_compat_use (property) == PF_USE_RTPBIN)
    pf_compat_rtpbin (property, value, rtpbin);
}

char *
pf_settings_unsupported (const PfSettings *settings)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < pf_compat_count (); i++) {
    const GValue *value = pf_settings_compat (settings, i);
    if (pf_compat_use (i) == PF_USE_UNSUPPORTED
        && !g_param_value_defaults (specs[n_options + i], value))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", pf_compat_name (i));
  }
  return g_string_free (names, names->len == 0);
}

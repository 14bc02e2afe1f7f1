#include "bus.h"

#include <string.h>

#define MAX_EVENT_NAME 32

/* The name comes from another process: only what the bus's readers can compare. */
static gboolean
plain (const char *event)
{
  return event != NULL && *event != 0 && strlen (event) <= MAX_EVENT_NAME
      && strspn (event, "abcdefghijklmnopqrstuvwxyz-0123456789") == strlen (event);
}

void
pf_bus_post_event (GstElement *element, GstStructure *event, const char *json)
{
  const char *kind = gst_structure_get_string (event, "event");
  if (plain (kind)) {
    char *name = g_strconcat ("photofinish-", kind, NULL);
    gst_structure_set_name (event, name);
    g_free (name);
  }
  if (json != NULL)
    gst_structure_set (event, "json", G_TYPE_STRING, json, NULL);
  gst_element_post_message (element, gst_message_new_element (GST_OBJECT (element), event));
}

static const struct {
  const char *kind;
  GstResourceError code;
} kinds[] = {
  {"settings", GST_RESOURCE_ERROR_SETTINGS},
  {"not-found", GST_RESOURCE_ERROR_NOT_FOUND},
  {"not-authorized", GST_RESOURCE_ERROR_NOT_AUTHORIZED},
  {"open-read", GST_RESOURCE_ERROR_OPEN_READ},
};

void
pf_bus_post_error (GstElement *element, const GstStructure *error)
{
  const char *kind = gst_structure_get_string (error, "kind");
  const char *text = gst_structure_get_string (error, "text");
  const char *option = gst_structure_get_string (error, "option");
  GstResourceError code = GST_RESOURCE_ERROR_FAILED;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i].kind) == 0)
      code = kinds[i].code;
  gst_element_message_full (element, GST_MESSAGE_ERROR, GST_RESOURCE_ERROR, (gint) code,
      g_strdup (text != NULL ? text : "photofinish gave up and did not say why"),
      option == NULL ? NULL : g_strdup_printf ("property %s", option), __FILE__, G_STRFUNC,
      __LINE__);
}

/* JSON as GStreamer's types: objects are GstStructure, arrays GstValueArray of one type,
 * numbers gint64 or gdouble; members that are null are left out. */
#ifndef PF_JSON_H
#define PF_JSON_H

#include <gst/gst.h>

/* The object in text as a structure with that name; NULL if it is not one JSON object, is nested
 * more than 16 deep or has text that is not UTF-8. Work is linear. */
GstStructure *pf_json_read (const char *name, const char *text, gsize size);

/* Appends text as a JSON string. */
void pf_json_write_text (GString *out, const char *text);

#endif

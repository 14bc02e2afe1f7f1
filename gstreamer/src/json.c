#include "json.h"

#include <string.h>

#define MAX_DEPTH 16
/* A GstStructure looks for each field among all that it has. */
#define MAX_MEMBERS 256
/* Names of members become quarks, which are never freed: a peer must not make them without end. */
#define MAX_NAME 64
#define MAX_NAMES 1024

typedef struct {
  const char *at, *end;
  int depth;
} Reader;

static gboolean read_value (Reader *reader, GValue *value);

static void
skip_blanks (Reader *reader)
{
  while (reader->at < reader->end && strchr (" \t\r\n", *reader->at) != NULL && *reader->at != 0)
    reader->at++;
}

static gboolean
take (Reader *reader, char expected)
{
  skip_blanks (reader);
  if (reader->at >= reader->end || *reader->at != expected)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
take_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);
  if ((gsize) (reader->end - reader->at) < length || memcmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static gboolean
read_hex (Reader *reader, gunichar *unit)
{
  if (reader->end - reader->at < 4)
    return FALSE;
  *unit = 0;
  for (int i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (*reader->at++);
    if (digit < 0)
      return FALSE;
    *unit = *unit << 4 | (gunichar) digit;
  }
  return TRUE;
}

/* Behind \u; a surrogate must have its other half. */
static gboolean
read_unicode (Reader *reader, GString *text)
{
  gunichar first, second;
  if (!read_hex (reader, &first))
    return FALSE;
  if (first >= 0xd800 && first < 0xdc00) {
    if (!take_word (reader, "\\u") || !read_hex (reader, &second) || second < 0xdc00
        || second > 0xdfff)
      return FALSE;
    first = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
  }
  if (first == 0 || !g_unichar_validate (first))
    return FALSE;
  g_string_append_unichar (text, first);
  return TRUE;
}

static gboolean
read_escape (Reader *reader, GString *text)
{
  static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  if (reader->at >= reader->end)
    return FALSE;
  char escape = *reader->at++;
  if (escape == 'u')
    return read_unicode (reader, text);
  const char *found = escape == 0 ? NULL : strchr (escapes, escape);
  if (found == NULL)
    return FALSE;
  g_string_append_c (text, meanings[found - escapes]);
  return TRUE;
}

static char *
read_text (Reader *reader)
{
  if (!take (reader, '"'))
    return NULL;
  GString *text = g_string_new (NULL);
  gboolean good = TRUE;
  while (good && reader->at < reader->end && *reader->at != '"') {
    const char *from = reader->at;
    while (reader->at < reader->end && *reader->at != '"' && *reader->at != '\\')
      reader->at++;
    g_string_append_len (text, from, reader->at - from);
    if (reader->at < reader->end && *reader->at == '\\') {
      reader->at++;
      good = read_escape (reader, text);
    }
  }
  good = good && take (reader, '"') && g_utf8_validate (text->str, (gssize) text->len, NULL);
  return g_string_free (text, !good);
}

static gboolean
known_name (const char *name)
{
  static gint names = 0;
  if (g_quark_try_string (name) != 0)
    return TRUE;
  return strlen (name) <= MAX_NAME && g_atomic_int_add (&names, 1) < MAX_NAMES;
}

static gboolean
read_member (Reader *reader, GstStructure *structure)
{
  char *name = read_text (reader);
  GValue value = G_VALUE_INIT;
  gboolean good = name != NULL && take (reader, ':') && read_value (reader, &value);
  if (good && G_IS_VALUE (&value) && known_name (name))
    gst_structure_take_value (structure, name, &value);
  else if (G_IS_VALUE (&value))
    g_value_unset (&value);
  g_free (name);
  return good;
}

static GstStructure *
read_object (Reader *reader, const char *name)
{
  if (reader->depth >= MAX_DEPTH || !take (reader, '{'))
    return NULL;
  reader->depth++;
  GstStructure *structure = gst_structure_new_empty (name);
  gboolean good = take (reader, '}');
  if (!good) {
    int members = 0;
    do {
      good = members++ < MAX_MEMBERS && read_member (reader, structure);
    } while (good && take (reader, ','));
    good = good && take (reader, '}');
  }
  reader->depth--;
  if (!good)
    g_clear_pointer (&structure, gst_structure_free);
  return structure;
}

/* A GstValueArray has values of one type; what differs from the first is left out. */
static void
append (GValue *array, GValue *value)
{
  if (gst_value_array_get_size (array) == 0
      || G_VALUE_TYPE (gst_value_array_get_value (array, 0)) == G_VALUE_TYPE (value))
    gst_value_array_append_and_take_value (array, value);
  else
    g_value_unset (value);
}

static gboolean
read_array (Reader *reader, GValue *array)
{
  if (reader->depth >= MAX_DEPTH || !take (reader, '['))
    return FALSE;
  g_value_init (array, GST_TYPE_ARRAY);
  if (take (reader, ']'))
    return TRUE;
  reader->depth++;
  gboolean good;
  do {
    GValue value = G_VALUE_INIT;
    good = read_value (reader, &value);
    if (good && G_IS_VALUE (&value))
      append (array, &value);
  } while (good && take (reader, ','));
  reader->depth--;
  if (good && take (reader, ']'))
    return TRUE;
  g_value_unset (array);
  return FALSE;
}

static gboolean
read_number (Reader *reader, GValue *value)
{
  char text[40];
  gsize length = 0;
  gboolean whole = TRUE;
  while (reader->at < reader->end && length < sizeof text - 1
      && (g_ascii_isdigit (*reader->at) || (*reader->at != 0 && strchr ("+-.eE", *reader->at)))) {
    whole = whole && *reader->at != '.' && *reader->at != 'e' && *reader->at != 'E';
    text[length++] = *reader->at++;
  }
  text[length] = 0;
  char *end;
  gint64 number = 0;
  double real = 0;
  if (whole)
    number = g_ascii_strtoll (text, &end, 10);
  else
    real = g_ascii_strtod (text, &end);
  if (length == 0 || *end != 0)
    return FALSE;
  g_value_init (value, whole ? G_TYPE_INT64 : G_TYPE_DOUBLE);
  if (whole)
    g_value_set_int64 (value, number);
  else
    g_value_set_double (value, real);
  return TRUE;
}

static gboolean
read_boolean (Reader *reader, GValue *value)
{
  gboolean yes = take_word (reader, "true");
  if (!yes && !take_word (reader, "false"))
    return FALSE;
  g_value_init (value, G_TYPE_BOOLEAN);
  g_value_set_boolean (value, yes);
  return TRUE;
}

/* Leaves value uninitialised for null. */
static gboolean
read_value (Reader *reader, GValue *value)
{
  skip_blanks (reader);
  if (reader->at >= reader->end)
    return FALSE;
  switch (*reader->at) {
    case '{': {
      GstStructure *structure = read_object (reader, "object");
      if (structure == NULL)
        return FALSE;
      g_value_init (value, GST_TYPE_STRUCTURE);
      g_value_take_boxed (value, structure);
      return TRUE;
    }
    case '[':
      return read_array (reader, value);
    case '"': {
      char *text = read_text (reader);
      if (text == NULL)
        return FALSE;
      g_value_init (value, G_TYPE_STRING);
      g_value_take_string (value, text);
      return TRUE;
    }
    case 't':
    case 'f':
      return read_boolean (reader, value);
    case 'n':
      return take_word (reader, "null");
    default:
      return read_number (reader, value);
  }
}

GstStructure *
pf_json_read (const char *name, const char *text, gsize size)
{
  Reader reader = {.at = text, .end = text + size};
  GstStructure *structure = read_object (&reader, name);
  skip_blanks (&reader);
  if (structure != NULL && reader.at != reader.end)
    g_clear_pointer (&structure, gst_structure_free);
  return structure;
}

void
pf_json_write_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != 0; at++) {
    guchar c = (guchar) *at;
    if (c == '"' || c == '\\')
      g_string_append_printf (out, "\\%c", c);
    else if (c < 0x20)
      g_string_append_printf (out, "\\u%04x", c);
    else
      g_string_append_c (out, *at);
  }
  g_string_append_c (out, '"');
}

/* JSON becomes a GstStructure, or nothing. */
#include "check.h"
#include "json.h"

static GstStructure *
read (const char *text)
{
  return pf_json_read ("test", text, strlen (text));
}

static void
check_text (const char *text, const char *expected)
{
  GstStructure *structure = read (text);
  CHECK (structure != NULL);
  char *actual = gst_structure_to_string (structure);
  CHECK_TEXT (actual, expected);
  g_free (actual);
  gst_structure_free (structure);
}

static void
check_refused (const char *text)
{
  CHECK (read (text) == NULL);
}

static void
reads_values (void)
{
  check_text ("{}", "test;");
  check_text (" { \"a\" : 1 , \"b\":-2.5e1,\"c\":true,\"d\":null,\"e\":\"x\"} ",
      "test, a=(gint64)1, b=(double)-25, c=(boolean)true, e=(string)x;");
  check_text ("{\"a\":[1,\"x\",[],null,2]}", "test, a=(gint64)< 1, 2 >;");
  check_text ("{\"a\":{\"b\":[{}]}}", "test, a=(structure)\"object\\,\\ b\\=\\(structure\\)\\<\\ \\\"object\\\\\\;\\\"\\ \\>\\;\";");
  GstStructure *structure = read ("{\"a\":\"\\\"\\\\\\/\\n\\u00e9\\ud83d\\ude00\"}");
  CHECK_TEXT (gst_structure_get_string (structure, "a"), "\"\\/\n\303\251\360\237\230\200");
  gst_structure_free (structure);
}

static void
refuses_what_is_not_json (void)
{
  const char *refused[] = {"", "[]", "1", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}x",
    "{\"a\":tru}", "{\"a\":\"x}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\\u0000\"}", "{\"a\":\"\377\"}", "{\"a\":[1}", "{\"a\":-}", "{\"a\":1e}", "{a:1}",
    NULL};
  for (guint i = 0; refused[i] != NULL; i++)
    check_refused (refused[i]);
}

static void
is_bounded (void)
{
  GString *text = g_string_new ("{\"a\":");
  for (int i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  check_refused (text->str);
  g_string_assign (text, "{\"a\":0");
  for (int i = 0; i < 1000; i++)
    g_string_append_printf (text, ",\"b%d\":0", i);
  g_string_append_c (text, '}');
  check_refused (text->str);
  g_string_free (text, TRUE);
}

static void
reads_only_its_size (void)
{
  CHECK (pf_json_read ("test", "{\"a\":12", 7) == NULL);
  GstStructure *structure = pf_json_read ("test", "{}}", 2);
  CHECK (structure != NULL);
  gst_structure_free (structure);
}

static void
writes_text (void)
{
  GString *out = g_string_new (NULL);
  pf_json_write_text (out, "a\"\\\n\303\251");
  CHECK_TEXT (out->str, "\"a\\\"\\\\\\u000a\303\251\"");
  g_string_free (out, TRUE);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  reads_values ();
  refuses_what_is_not_json ();
  is_bounded ();
  reads_only_its_size ();
  writes_text ();
  return 0;
}

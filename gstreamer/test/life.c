/* Plays and stops N times, in steps and at once, and leaves GStreamer in order: for its leaks
 * tracer, and for valgrind. Not a test of its own; see the Makefile.
 *
 *   life N LOCATION
 */
#include <gst/gst.h>
#include <stdio.h>
#include <stdlib.h>

static void
pad_added (GstElement *source, GstPad *pad, gpointer sink)
{
  (void) source;
  GstPad *to = gst_element_get_static_pad (sink, "sink");
  if (!gst_pad_is_linked (to))
    gst_pad_link (pad, to);
  gst_object_unref (to);
}

/* Waits until some packets were rendered. */
static void
await_packets (GstElement *sink)
{
  guint64 rendered = 0;
  while (rendered < 3) {
    GstStructure *stats = NULL;
    g_object_get (sink, "stats", &stats, NULL);
    gst_structure_get_uint64 (stats, "rendered", &rendered);
    gst_structure_free (stats);
    g_usleep (1000);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  int times = argc > 1 ? atoi (argv[1]) : 1;
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_element_factory_make ("photofinishsrc", NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  if (source == NULL || argc < 3) {
    fprintf (stderr, "usage: life N LOCATION, with the plugin in GST_PLUGIN_PATH\n");
    return 2;
  }
  g_object_set (source, "location", argv[2], "latency", 0, NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, sink, NULL);
  g_signal_connect (source, "pad-added", G_CALLBACK (pad_added), sink);
  for (int i = 0; i < times; i++) {
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    if (i % 10 == 0)
      await_packets (sink);
    if (i % 3 == 0)
      gst_element_set_state (pipeline, GST_STATE_PAUSED);
    gst_element_set_state (pipeline, GST_STATE_NULL);
  }
  gst_object_unref (pipeline);
  gst_deinit ();
  return 0;
}

/* The plugin: one element, photofinishsrc. */
#include "element.h"

GST_DEBUG_CATEGORY (photofinish_debug);

static gboolean
plugin_init (GstPlugin *plugin)
{
  GST_DEBUG_CATEGORY_INIT (photofinish_debug, "photofinish", 0, "Photofinish");
  /* Nothing else handles its URIs; those of rtsp:// stay with rtspsrc. */
  return gst_element_register (plugin, "photofinishsrc", GST_RANK_PRIMARY, pf_source_get_type ());
}

/* One of the licences that GStreamer knows: with another a plugin is not loaded. */
GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, photofinish,
    "RTSP through racing connections", plugin_init, PF_VERSION, "Apache 2.0", "Photofinish",
    "https://photofinish.dev")

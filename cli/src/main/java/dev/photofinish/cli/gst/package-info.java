/** The process behind the GStreamer element {@code photofinishsrc}. */
@NullMarked
package dev.photofinish.cli.gst;

import org.jspecify.annotations.NullMarked;

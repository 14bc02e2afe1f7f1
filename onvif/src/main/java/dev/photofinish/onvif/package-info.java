/**
 * ONVIF cameras: which are on the local networks, and what their stream URLs are. {@link
 * dev.photofinish.onvif.Discovery} is where to begin.
 */
@NullMarked
package dev.photofinish.onvif;

import org.jspecify.annotations.NullMarked;

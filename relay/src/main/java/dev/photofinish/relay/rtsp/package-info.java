/** RTSP for the readers of a relay: {@link dev.photofinish.relay.rtsp.RtspServer}. */
@NullMarked
package dev.photofinish.relay.rtsp;

import org.jspecify.annotations.NullMarked;

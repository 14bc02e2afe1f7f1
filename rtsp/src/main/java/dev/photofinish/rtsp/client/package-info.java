/**
 * The resilient RTSP client: {@link dev.photofinish.rtsp.client.RtspClient} opens a {@link
 * dev.photofinish.rtsp.client.CameraStream} by racing and keeps it up. Connections and clocks live
 * here; what is said on a connection is decided by the pure machines of the session package.
 */
@NullMarked
package dev.photofinish.rtsp.client;

import org.jspecify.annotations.NullMarked;

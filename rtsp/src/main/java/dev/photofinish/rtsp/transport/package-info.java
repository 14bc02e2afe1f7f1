/**
 * Connections to cameras: {@link dev.photofinish.rtsp.transport.CameraConnection} drives a dialogue
 * over a Netty channel, takes the media of its tracks, and watches them for silence.
 */
@NullMarked
package dev.photofinish.rtsp.transport;

import org.jspecify.annotations.NullMarked;

/**
 * The media of a simulated camera: a test card as H.264, a tone as G.711, and their RTP packets.
 * Pure: no sockets, no clock, no threads.
 */
@NullMarked
package dev.photofinish.camera.media;

import org.jspecify.annotations.NullMarked;

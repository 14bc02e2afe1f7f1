/**
 * Simulated RTSP cameras for tests: real H.264 and G.711 on real sockets, with the misbehaviour
 * that cameras are known for at the turn of a knob. Start at {@link
 * dev.photofinish.camera.SimulatedCamera}.
 */
@NullMarked
package dev.photofinish.camera;

import org.jspecify.annotations.NullMarked;

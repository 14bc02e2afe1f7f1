/**
 * A testkit: simulated RTSP cameras for tests of any RTSP client. They send real H.264 and G.711 on
 * real sockets and have the faults that cameras are known for, each behind an option. Start at
 * {@link dev.photofinish.camera.SimulatedCamera}.
 */
@NullMarked
package dev.photofinish.camera;

import org.jspecify.annotations.NullMarked;

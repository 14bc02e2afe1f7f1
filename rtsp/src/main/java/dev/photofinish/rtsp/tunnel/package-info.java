/**
 * RTSP through HTTP (a GET and a POST connection) and through WebSocket: handlers below the codec,
 * of which dialogue and media know nothing.
 */
@NullMarked
package dev.photofinish.rtsp.tunnel;

import org.jspecify.annotations.NullMarked;

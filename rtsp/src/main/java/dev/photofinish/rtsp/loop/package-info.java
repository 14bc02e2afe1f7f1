/**
 * Tools of drivers on an event loop, a client's or a server's: events one at a time, one timer for
 * all deadlines, UDP ports in pairs.
 */
@NullMarked
package dev.photofinish.rtsp.loop;

import org.jspecify.annotations.NullMarked;

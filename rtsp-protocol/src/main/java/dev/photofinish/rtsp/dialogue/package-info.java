/**
 * The requests and responses of one RTSP connection, as pure machines: events and times go in,
 * commands, facts and deadlines come out. Nothing here reads a clock, holds a channel or draws a
 * random number of its own.
 */
@NullMarked
package dev.photofinish.rtsp.dialogue;

import org.jspecify.annotations.NullMarked;

/**
 * The life of a stream as a pure machine: events and times go in, commands and a deadline come out.
 * Nothing here reads a clock, holds a channel or draws a random number of its own.
 */
@NullMarked
package dev.photofinish.rtsp.stream;

import org.jspecify.annotations.NullMarked;

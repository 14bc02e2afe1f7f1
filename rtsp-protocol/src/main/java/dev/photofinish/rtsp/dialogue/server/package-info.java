/**
 * The server's side of one RTSP connection, as a pure machine: events and times go in, commands and
 * deadlines come out. It serves readers of named streams, and mirrors the client's side in {@code
 * dev.photofinish.rtsp.dialogue}.
 */
@NullMarked
package dev.photofinish.rtsp.dialogue.server;

import org.jspecify.annotations.NullMarked;

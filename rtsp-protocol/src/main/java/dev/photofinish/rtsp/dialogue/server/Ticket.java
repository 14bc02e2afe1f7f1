package dev.photofinish.rtsp.dialogue.server;

/**
 * The number of a wait, and when it is over.
 *
 * @param due when it is given up, in nanoseconds
 */
record Ticket(long number, Wait waiting, long due) {}

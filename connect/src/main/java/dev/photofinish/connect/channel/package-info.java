/**
 * Channels of attempts: their transport, the local addresses and interfaces that they leave by, the
 * tunnel through a proxy, and the bytes that arrive early.
 */
@NullMarked
package dev.photofinish.connect.channel;

import org.jspecify.annotations.NullMarked;

/**
 * The parts of a host and its process that every driver of races shares: the local network, source
 * addresses, what races learnt, the limiter of dials. {@link dev.photofinish.host.SharedHistory}
 * and {@link dev.photofinish.host.ThisProcess} are where to begin.
 */
@NullMarked
package dev.photofinish.host;

import org.jspecify.annotations.NullMarked;

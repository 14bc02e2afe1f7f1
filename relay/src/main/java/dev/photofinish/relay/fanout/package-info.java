/** The way of packets from one camera to many readers. */
@NullMarked
package dev.photofinish.relay.fanout;

import org.jspecify.annotations.NullMarked;

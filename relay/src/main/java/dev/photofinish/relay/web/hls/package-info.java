/** HTTP Live Streaming of live pictures. */
@NullMarked
package dev.photofinish.relay.web.hls;

import org.jspecify.annotations.NullMarked;

/** Live pictures over WebSocket, as fragmented MP4. */
@NullMarked
package dev.photofinish.relay.web.live;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.relay.rtsp;

import org.jspecify.annotations.NullMarked;

/** Bytes to messages and interleaved frames, and back, as Netty handlers. */
@NullMarked
package dev.photofinish.rtsp.codec;

import org.jspecify.annotations.NullMarked;

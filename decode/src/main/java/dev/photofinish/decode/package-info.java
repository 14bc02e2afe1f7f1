/**
 * Frames decoded to pictures by FFmpeg's libraries: {@link dev.photofinish.decode.VideoDecoder}.
 */
@NullMarked
package dev.photofinish.decode;

import org.jspecify.annotations.NullMarked;

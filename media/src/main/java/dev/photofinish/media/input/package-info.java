/** Files and pipes to frames: {@link dev.photofinish.media.input.MediaReader}. */
@NullMarked
package dev.photofinish.media.input;

import org.jspecify.annotations.NullMarked;

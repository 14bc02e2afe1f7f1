/** Elementary streams without a container. */
@NullMarked
package dev.photofinish.media.raw;

import org.jspecify.annotations.NullMarked;

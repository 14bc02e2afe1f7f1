/** The boxes of MP4 as they are read. */
@NullMarked
package dev.photofinish.media.box;

import org.jspecify.annotations.NullMarked;

/** Fragmented MP4 (ISO/IEC 14496-12). */
@NullMarked
package dev.photofinish.media.mp4;

import org.jspecify.annotations.NullMarked;

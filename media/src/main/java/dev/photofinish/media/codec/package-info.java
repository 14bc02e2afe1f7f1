/** Descriptions of codecs as containers want them. */
@NullMarked
package dev.photofinish.media.codec;

import org.jspecify.annotations.NullMarked;

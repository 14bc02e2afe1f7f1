/** MPEG transport streams (ISO/IEC 13818-1). */
@NullMarked
package dev.photofinish.media.ts;

import org.jspecify.annotations.NullMarked;

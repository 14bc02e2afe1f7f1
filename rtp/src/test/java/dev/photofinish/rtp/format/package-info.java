/** Tests of the payload formats. */
@NullMarked
package dev.photofinish.rtp.format;

import org.jspecify.annotations.NullMarked;

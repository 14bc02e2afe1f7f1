/** Tests of decoding. */
@NullMarked
package dev.photofinish.decode;

import org.jspecify.annotations.NullMarked;

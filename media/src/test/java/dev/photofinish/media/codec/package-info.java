@NullMarked
package dev.photofinish.media.codec;

import org.jspecify.annotations.NullMarked;

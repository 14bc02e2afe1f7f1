@NullMarked
package dev.photofinish.media.raw;

import org.jspecify.annotations.NullMarked;

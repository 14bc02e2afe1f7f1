@NullMarked
package dev.photofinish.media.input;

import org.jspecify.annotations.NullMarked;

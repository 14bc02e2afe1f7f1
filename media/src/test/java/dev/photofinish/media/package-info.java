@NullMarked
package dev.photofinish.media;

import org.jspecify.annotations.NullMarked;

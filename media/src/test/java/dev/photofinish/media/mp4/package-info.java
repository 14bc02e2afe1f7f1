@NullMarked
package dev.photofinish.media.mp4;

import org.jspecify.annotations.NullMarked;

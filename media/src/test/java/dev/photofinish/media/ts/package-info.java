@NullMarked
package dev.photofinish.media.ts;

import org.jspecify.annotations.NullMarked;

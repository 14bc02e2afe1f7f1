@NullMarked
package dev.photofinish.media.container;

import org.jspecify.annotations.NullMarked;

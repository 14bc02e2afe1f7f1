/** Fragments of a container, made of frames. */
@NullMarked
package dev.photofinish.media.container;

import org.jspecify.annotations.NullMarked;

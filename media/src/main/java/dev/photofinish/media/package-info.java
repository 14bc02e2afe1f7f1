/** Recordings: frames to files on disk that can be played at any moment. */
@NullMarked
package dev.photofinish.media;

import org.jspecify.annotations.NullMarked;

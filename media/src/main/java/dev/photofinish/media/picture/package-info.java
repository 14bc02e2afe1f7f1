/** Picture files of frames: {@link dev.photofinish.media.picture.Snapshots}. */
@NullMarked
package dev.photofinish.media.picture;

import org.jspecify.annotations.NullMarked;

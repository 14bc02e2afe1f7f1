/** Commands that take the media of one camera. */
@NullMarked
package dev.photofinish.cli.stream;

import org.jspecify.annotations.NullMarked;

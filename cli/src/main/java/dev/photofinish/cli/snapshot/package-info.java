/** The snapshot command. */
@NullMarked
package dev.photofinish.cli.snapshot;

import org.jspecify.annotations.NullMarked;

/** Small programs, one a file, each with a {@code main}: what to type is in examples/README.md. */
@NullMarked
package dev.photofinish.examples;

import org.jspecify.annotations.NullMarked;

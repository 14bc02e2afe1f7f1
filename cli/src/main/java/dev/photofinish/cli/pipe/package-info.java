/** The pipe command. */
@NullMarked
package dev.photofinish.cli.pipe;

import org.jspecify.annotations.NullMarked;

/** The record command. */
@NullMarked
package dev.photofinish.cli.record;

import org.jspecify.annotations.NullMarked;

/** Named options that are set from text: one table for flags, files and the environment. */
@NullMarked
package dev.photofinish.option;

import org.jspecify.annotations.NullMarked;

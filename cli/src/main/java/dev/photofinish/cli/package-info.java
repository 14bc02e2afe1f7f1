@NullMarked
package dev.photofinish.cli;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.cli.terminal;

import org.jspecify.annotations.NullMarked;

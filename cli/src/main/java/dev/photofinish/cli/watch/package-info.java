@NullMarked
package dev.photofinish.cli.watch;

import org.jspecify.annotations.NullMarked;

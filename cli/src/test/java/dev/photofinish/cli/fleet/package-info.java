@NullMarked
package dev.photofinish.cli.fleet;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.cli.discover;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.cli.picture;

import org.jspecify.annotations.NullMarked;

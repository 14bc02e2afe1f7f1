@NullMarked
package dev.photofinish.cli.race;

import org.jspecify.annotations.NullMarked;

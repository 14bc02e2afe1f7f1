@NullMarked
package dev.photofinish.race;

import org.jspecify.annotations.NullMarked;

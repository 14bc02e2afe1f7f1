@NullMarked
package dev.photofinish.fleet.place;

import org.jspecify.annotations.NullMarked;

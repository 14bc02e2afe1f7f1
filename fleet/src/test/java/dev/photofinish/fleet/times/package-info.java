@NullMarked
package dev.photofinish.fleet.times;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.fleet;

import org.jspecify.annotations.NullMarked;

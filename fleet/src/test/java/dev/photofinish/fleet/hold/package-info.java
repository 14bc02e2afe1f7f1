@NullMarked
package dev.photofinish.fleet.hold;

import org.jspecify.annotations.NullMarked;

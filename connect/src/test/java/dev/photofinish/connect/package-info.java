@NullMarked
package dev.photofinish.connect;

import org.jspecify.annotations.NullMarked;

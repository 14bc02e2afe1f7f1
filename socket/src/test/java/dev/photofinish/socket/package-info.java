@NullMarked
package dev.photofinish.socket;

import org.jspecify.annotations.NullMarked;

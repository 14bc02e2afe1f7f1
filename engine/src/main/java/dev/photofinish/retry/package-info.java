@NullMarked
package dev.photofinish.retry;

import org.jspecify.annotations.NullMarked;

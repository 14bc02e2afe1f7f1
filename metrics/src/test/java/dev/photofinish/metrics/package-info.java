@NullMarked
package dev.photofinish.metrics;

import org.jspecify.annotations.NullMarked;

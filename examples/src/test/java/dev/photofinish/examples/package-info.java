@NullMarked
package dev.photofinish.examples;

import org.jspecify.annotations.NullMarked;

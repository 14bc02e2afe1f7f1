@NullMarked
package dev.photofinish.option;

import org.jspecify.annotations.NullMarked;

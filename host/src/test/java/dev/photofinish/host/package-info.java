@NullMarked
package dev.photofinish.host;

import org.jspecify.annotations.NullMarked;

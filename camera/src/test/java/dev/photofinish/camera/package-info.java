@NullMarked
package dev.photofinish.camera;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.fleet.camera;

import org.jspecify.annotations.NullMarked;

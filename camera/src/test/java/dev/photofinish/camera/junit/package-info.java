@NullMarked
package dev.photofinish.camera.junit;

import org.jspecify.annotations.NullMarked;

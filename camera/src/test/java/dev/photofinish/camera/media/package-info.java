@NullMarked
package dev.photofinish.camera.media;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.camera.net;

import org.jspecify.annotations.NullMarked;

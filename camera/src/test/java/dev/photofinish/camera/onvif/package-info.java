@NullMarked
package dev.photofinish.camera.onvif;

import org.jspecify.annotations.NullMarked;

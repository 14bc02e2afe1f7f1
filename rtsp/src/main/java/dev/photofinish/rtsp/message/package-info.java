@NullMarked
package dev.photofinish.rtsp.message;

import org.jspecify.annotations.NullMarked;

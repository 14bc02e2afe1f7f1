@NullMarked
package dev.photofinish.rtsp.stream;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.rtsp.limit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.rtsp.tunnel;

import org.jspecify.annotations.NullMarked;

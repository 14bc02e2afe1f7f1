@NullMarked
package dev.photofinish.rtsp.loop;

import org.jspecify.annotations.NullMarked;

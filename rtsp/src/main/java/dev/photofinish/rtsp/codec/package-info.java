@NullMarked
package dev.photofinish.rtsp.codec;

import org.jspecify.annotations.NullMarked;

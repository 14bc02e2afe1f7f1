@NullMarked
package dev.photofinish.rtsp.transport;

import org.jspecify.annotations.NullMarked;

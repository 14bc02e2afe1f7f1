@NullMarked
package dev.photofinish.rtsp.client;

import org.jspecify.annotations.NullMarked;

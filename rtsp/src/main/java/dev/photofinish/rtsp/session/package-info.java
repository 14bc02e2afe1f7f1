@NullMarked
package dev.photofinish.rtsp.session;

import org.jspecify.annotations.NullMarked;

/** The client against servers that nobody here wrote, and against the simulated camera. */
@NullMarked
package dev.photofinish.rtsp.peer;

import org.jspecify.annotations.NullMarked;

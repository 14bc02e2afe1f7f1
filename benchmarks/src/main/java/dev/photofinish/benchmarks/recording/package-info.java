/** The cost of recordings and pictures, beside FFmpeg's. */
@NullMarked
package dev.photofinish.benchmarks.recording;

import org.jspecify.annotations.NullMarked;

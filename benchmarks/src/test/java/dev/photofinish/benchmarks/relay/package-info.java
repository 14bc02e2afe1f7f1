@NullMarked
package dev.photofinish.benchmarks.relay;

import org.jspecify.annotations.NullMarked;

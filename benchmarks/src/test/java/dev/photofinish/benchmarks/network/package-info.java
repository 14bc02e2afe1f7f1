@NullMarked
package dev.photofinish.benchmarks.network;

import org.jspecify.annotations.NullMarked;

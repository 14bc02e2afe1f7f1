/** Times to a connection on bad networks: this project beside its peers, in one run. */
@NullMarked
package dev.photofinish.benchmarks.network;

import org.jspecify.annotations.NullMarked;

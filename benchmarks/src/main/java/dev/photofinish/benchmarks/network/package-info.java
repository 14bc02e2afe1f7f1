/** Who is connected how soon when the network is bad: this project beside its peers, in one run. */
@NullMarked
package dev.photofinish.benchmarks.network;

import org.jspecify.annotations.NullMarked;

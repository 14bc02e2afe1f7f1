/** The channels, futures and failures of a race that takes the place of a bootstrap's connect. */
@NullMarked
package dev.photofinish.connect.bootstrap;

import org.jspecify.annotations.NullMarked;

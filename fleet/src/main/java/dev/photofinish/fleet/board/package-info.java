/** The reports by which each node knows what the others hold. */
@NullMarked
package dev.photofinish.fleet.board;

import org.jspecify.annotations.NullMarked;

/** The relay of a node: what it holds, and what it gets from other nodes. */
@NullMarked
package dev.photofinish.fleet.serve;

import org.jspecify.annotations.NullMarked;

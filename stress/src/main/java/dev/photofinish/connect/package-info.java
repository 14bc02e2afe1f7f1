/**
 * Meetings of the caller's thread with the event loop, under jcstress: in the package of what it
 * tests, to see what that keeps to itself.
 */
@NullMarked
package dev.photofinish.connect;

import org.jspecify.annotations.NullMarked;

/** The meaning of a channel's exceptions for its attempt, and how text of a peer is shown. */
@NullMarked
package dev.photofinish.connect.cause;

import org.jspecify.annotations.NullMarked;

/** Tests of the room {@code cause}. */
@org.jspecify.annotations.NullMarked
package dev.photofinish.connect.cause;

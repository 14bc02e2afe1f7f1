/** Tests of the room {@code observe}. */
@org.jspecify.annotations.NullMarked
package dev.photofinish.connect.observe;

/** Tests of the room {@code dns}. */
@org.jspecify.annotations.NullMarked
package dev.photofinish.connect.dns;

/** The fleet command. */
@org.jspecify.annotations.NullMarked
package dev.photofinish.cli.fleet;

@NullMarked
package dev.photofinish.cli.command;

import org.jspecify.annotations.NullMarked;

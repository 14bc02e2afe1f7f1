@NullMarked
package dev.photofinish.cli.simulate;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.cli.storm;

import org.jspecify.annotations.NullMarked;

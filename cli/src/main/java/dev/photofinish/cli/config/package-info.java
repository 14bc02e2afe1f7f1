@NullMarked
package dev.photofinish.cli.config;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.photofinish.cli.camera;

import org.jspecify.annotations.NullMarked;

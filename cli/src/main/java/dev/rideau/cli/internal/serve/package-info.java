/// Starting, announcing and ending the server.
@NullMarked
package dev.rideau.cli.internal.serve;

import org.jspecify.annotations.NullMarked;

/// Event records as lines of text: the classic form and JSON.
///
/// What is known of a class of records (names, bases, punctuation) is compiled once into a tree of
/// [FieldText]s; writing a record then only copies bytes. Nothing here allocates per record.
@NullMarked
package dev.rideau.cli.internal.text;

import org.jspecify.annotations.NullMarked;

/// The metadata language of CTF 1.8 (TSDL): text to tokens ([Lexer]), tokens to a small syntax tree
/// ([Parser], [Syntax]), names to types ([TypeResolver], [Draft]), blocks to classes
/// ([TraceAssembler]), types to field classes with every location checked ([ScopeCompiler]).
@NullMarked
package dev.rideau.ctf.internal.metadata.tsdl;

import org.jspecify.annotations.NullMarked;

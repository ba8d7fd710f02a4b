package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.BlockReader.TraceAttributes;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Attribute;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Block;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Declaration;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Document;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Entry;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Item;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.ScopeEntry;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.TraceClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes over the blocks of a text. What the rest depends on (native byte order, environment,
/// clocks) is read first, wherever it stands; types are read in the order of the text.
final class DocumentReader {
  private final Reporter reporter;
  private final AttributeReader reader;
  private final BlockReader blocks;

  DocumentReader(Reporter reporter) {
    this.reporter = reporter;
    this.reader = new AttributeReader(reporter);
    this.blocks = new BlockReader(reporter);
  }

  TraceClass read(Document document) {
    TraceAttributes trace = blocks.trace(theTraceBlock(document));
    Environment environment = environment(document);
    Clocks clocks = new Clocks();
    for (Block block : blocks(document, "clock")) {
      ClockClass clock = blocks.clock(block, environment);
      if (!clocks.add(clock)) {
        throw reporter.fault(
            block.place(),
            Rule.DUPLICATE_BLOCK,
            "there are two clocks called `" + clock.id() + "`",
            "Rename one of the two");
      }
    }
    TypeResolver types = new TypeResolver(reporter, trace.byteOrder(), environment);
    TraceAssembler assembler = new TraceAssembler(reporter, clocks);
    LexicalScope root = new LexicalScope(null, LexicalScope.Kind.BLOCK);
    for (Item item : document.items()) {
      switch (item) {
        case Block block -> typedBlock(block, types, root, assembler);
        case Declaration declaration -> types.declare(declaration, root);
        case Attribute attribute -> throw new AssertionError("attribute at the top level");
        case ScopeEntry scope -> throw new AssertionError("scope at the top level");
      }
    }
    return assembler.assemble(trace, environment);
  }

  private Block theTraceBlock(Document document) {
    List<Block> found = blocks(document, "trace");
    if (found.isEmpty()) {
      throw reporter.fault(
          TextPlace.START,
          Rule.MISSING_BLOCK,
          "metadata has no `trace` block",
          "Is the file complete? It must hold `trace { major = 1; minor = 8; byte_order = ...; };`");
    }
    if (found.size() > 1) {
      throw reporter.fault(
          found.get(1).place(),
          Rule.DUPLICATE_BLOCK,
          "there is a second `trace` block; the first one is in " + found.getFirst().place(),
          "Keep one");
    }
    return found.getFirst();
  }

  private Environment environment(Document document) {
    List<Block> found = blocks(document, "env");
    if (found.size() > 1) {
      reporter.tolerate(
          found.get(1).place(),
          Rule.DUPLICATE_BLOCK,
          "there is a second `env` block; the first one is in " + found.getFirst().place(),
          "Put all entries into one block");
    }
    return blocks.environment(found);
  }

  private static List<Block> blocks(Document document, String keyword) {
    List<Block> blocks = new ArrayList<>();
    for (Item item : document.items()) {
      if (item instanceof Block block && block.keyword().equals(keyword)) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private void typedBlock(
      Block block, TypeResolver types, LexicalScope root, TraceAssembler assembler) {
    switch (block.keyword()) {
      case "trace" -> {
        Map<String, StructDraft> scopes = scopes(block, types, root, Set.of("packet.header"));
        assembler.packetHeader(scopes.get("packet.header"));
      }
      case "stream" -> {
        Map<String, StructDraft> scopes =
            scopes(block, types, root, Set.of("packet.context", "event.header", "event.context"));
        assembler.add(stream(block, scopes));
      }
      case "event" -> {
        Map<String, StructDraft> scopes = scopes(block, types, root, Set.of("context", "fields"));
        assembler.add(event(block, scopes));
      }
      // Environment and clocks are read by now; call sites are known to nobody.
      default -> {}
    }
  }

  private Map<String, StructDraft> scopes(
      Block block, TypeResolver types, LexicalScope root, Set<String> known) {
    LexicalScope inner = root.inner(LexicalScope.Kind.BLOCK);
    Map<String, StructDraft> scopes = new HashMap<>();
    String owner = "the `" + block.keyword() + "` block of " + block.place();
    for (Entry entry : block.entries()) {
      switch (entry) {
        case Declaration declaration -> types.declare(declaration, inner);
        case ScopeEntry scope -> {
          Draft type = types.resolve(scope.type(), inner);
          if (!known.contains(scope.name())) {
            reader.unknown(scope.name(), owner, scope.place());
          } else if (!(type instanceof StructDraft struct)) {
            throw reporter.fault(
                scope.type().place(),
                Rule.SYNTAX,
                "`" + scope.name() + "` must be a structure",
                "Write `" + scope.name() + " := struct { ... };`");
          } else if (scopes.putIfAbsent(scope.name(), struct) != null) {
            throw reader.duplicate(scope.name(), owner, scope.place());
          }
        }
        case Attribute attribute -> {}
      }
    }
    return scopes;
  }

  private StreamDraft stream(Block block, Map<String, StructDraft> scopes) {
    String owner = "the `stream` block of " + block.place();
    List<Attribute> attributes = BlockReader.attributes(block);
    reader.checkUnique(attributes, owner);
    long id = 0;
    for (Attribute attribute : attributes) {
      if (attribute.name().equals("id")) {
        id = reader.unsigned(attribute);
      } else {
        reader.unknown(attribute.name(), owner, attribute.place());
      }
    }
    return new StreamDraft(
        id,
        scopes.get("packet.context"),
        scopes.get("event.header"),
        scopes.get("event.context"),
        block.place());
  }

  private EventDraft event(Block block, Map<String, StructDraft> scopes) {
    String owner = "the `event` block of " + block.place();
    List<Attribute> attributes = BlockReader.attributes(block);
    reader.checkUnique(attributes, owner);
    long id = 0;
    Long streamId = null;
    String name = null;
    Long logLevel = null;
    String emfUri = null;
    for (Attribute attribute : attributes) {
      switch (attribute.name()) {
        case "id" -> id = reader.unsigned(attribute);
        case "stream_id" -> streamId = reader.unsigned(attribute);
        case "name" -> name = reader.textOrName(attribute);
        case "loglevel" -> logLevel = reader.signed(attribute);
        case "model.emf.uri" -> emfUri = textOrNull(reader.text(attribute));
        default -> reader.unknown(attribute.name(), owner, attribute.place());
      }
    }
    return new EventDraft(
        id,
        streamId,
        name,
        logLevel,
        emfUri,
        scopes.get("context"),
        scopes.get("fields"),
        block.place());
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
